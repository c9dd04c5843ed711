/** The sign of the product: two stakes, two slats, and what grows on them. */
export const Mark = () => (
  <svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-linecap="round" aria-hidden="true">
    <path stroke-width="1.5" opacity=".5" d="M9 4v25M23 4v25M4 12h24M4 22h24" />
    <path stroke-width="2.5" d="M16 29.5C16 24 9 24 9 18s7-5 7-10" />
    <path
      fill="currentColor"
      stroke="none"
      d="M16 9.5C15.5 4.5 19 2 24.5 2 25 7 21.5 10.5 16 9.5ZM9 19C4.5 19 2 16.5 2 12 6.5 12 9.5 14.5 9 19Z"
    />
  </svg>
);
