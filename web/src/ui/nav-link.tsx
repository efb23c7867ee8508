"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import styles from "./app-header.module.css";
import { Link } from "./link.tsx";

/** NavLink is a link of the header that says when its section is the one being shown. */
export function NavLink({ href, section, children }: { href: string; section: string; children: ReactNode }) {
  const path = usePathname();
  const isCurrent = section === "/" ? path === "/" || path.startsWith("/models") : path.startsWith(section);
  return (
    <Link
      href={href}
      className={styles["navLink"]}
      {...(isCurrent ? { "aria-current": "page" as const } : {})}
    >
      {children}
    </Link>
  );
}
