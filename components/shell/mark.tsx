/** The sign of Weir: two steps of water. */
export function Mark() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d="M1 5h7v10h11" fill="none" stroke="var(--text)" strokeWidth="2" />
      <path d="M1 1.9h10.1v9.9H19" fill="none" stroke="var(--accent)" strokeWidth="2" />
    </svg>
  );
}
