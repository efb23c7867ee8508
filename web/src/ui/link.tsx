import NextLink from "next/link";
import type { ComponentProps } from "react";
import { LinkPending } from "./link-pending.tsx";

/** Link is a link within the app: it fetches nothing before it is pressed, and from then on the page says that it is on its way. */
export function Link({ children, ...props }: ComponentProps<typeof NextLink>) {
  return (
    <NextLink prefetch={false} {...props}>
      {children}
      <LinkPending />
    </NextLink>
  );
}
