// Next writes `next-env.d.ts` on its first build; a clean clone must type-check before that.
/// <reference types="next" />
/// <reference types="next/image-types/global" />
