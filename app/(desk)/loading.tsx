const LINES = [62, 48, 71, 55, 66, 43, 58, 69, 50, 61, 46, 64];

/** Before anything is known: the bar and plain lines at row height. */
export default function DeskLoading() {
  return (
    <>
      <header className="bar" data-fit>
        <span className="vh" role="status">
          Loading
        </span>
      </header>
      <div className="wait" aria-hidden="true">
        {LINES.map((width) => (
          <div key={width}>
            <i style={{ width: 48 }} />
            <i style={{ width: `${width / 2}%` }} />
          </div>
        ))}
      </div>
    </>
  );
}
