/** Logo draws the mark: a heading held straight, and the course made good that drifts away from it. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <path
        d="M6 19 L6 5"
        stroke="var(--accent-ink)"
        strokeWidth="1.8"
        strokeDasharray="2.2 2.2"
        fill="none"
      />
      <path
        d="M6 19 C7 12 11 8 18 6"
        stroke="var(--accent-ink)"
        strokeWidth="2.2"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="18" cy="6" r="2.2" fill="var(--accent-ink)" />
    </svg>
  );
}
