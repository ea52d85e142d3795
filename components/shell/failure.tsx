import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** A page's worth of "it did not work": what happened, what is kept, what to do, an id for the log. */
export function Failure({
  title,
  children,
  errorId,
  actions,
}: {
  title: string;
  children: ReactNode;
  errorId?: string;
  actions?: ReactNode;
}) {
  return (
    <div className="failure" role="alert">
      <TriangleAlert className="i" aria-hidden="true" />
      <div>
        <h1>{title}</h1>
        <div className="failure-words">{children}</div>
        {actions && <div className="failure-acts">{actions}</div>}
        {errorId && (
          <p className="small mute">
            The server’s log has it under <code className="mono">{errorId}</code>.
          </p>
        )}
      </div>
    </div>
  );
}

/** The same words wherever the database does not answer. */
export function DatabaseDown({ errorId, actions }: { errorId: string; actions?: ReactNode }) {
  return (
    <Failure title="The database does not answer" errorId={errorId} actions={actions}>
      <p>Nothing was changed. Records and decisions that were saved before are kept.</p>
      <ol>
        <li>Try again in a minute; a restart of the database takes that long.</li>
        <li>
          If it stays so, whoever runs Weir should look at its terminal or log: with the built-in Postgres,
          stop Weir and run <code className="mono">npm start</code> again; with your own, check{' '}
          <code className="mono">DATABASE_URL</code> and that it accepts connections.
        </li>
      </ol>
    </Failure>
  );
}
