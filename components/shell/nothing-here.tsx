import Link from 'next/link';

/** An address that leads nowhere: what it may have been, where to go. `palette`: the desk is around it. */
export function NothingHere({ palette = false }: { palette?: boolean }) {
  // Inside the desk the page's bar has the first heading.
  const Title = palette ? 'h2' : 'h1';
  return (
    <div className="failure">
      <div>
        <Title>There is nothing at this address</Title>
        <div className="failure-words">
          <p>
            The link may be mistyped, or it names a cluster, proposal or account that this Weir does not have.
            Clusters keep their number for good: one that detection no longer finds is still shown.
          </p>
          {palette && (
            <p>
              Press <kbd>⌘K</kbd> and type a name or a CL-number, or start from a list.
            </p>
          )}
        </div>
        <div className="failure-acts">
          <Link className="btn primary" href="/clusters">
            All clusters
          </Link>
          <Link className="btn" href="/approvals">
            Approvals
          </Link>
        </div>
      </div>
    </div>
  );
}
