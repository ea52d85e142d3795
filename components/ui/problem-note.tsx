import { TriangleAlert } from 'lucide-react';

/** Why a write failed, read out at once. */
export function ProblemNote({ problem }: { problem: string | null }) {
  return (
    <div role="alert">
      {problem !== null && (
        <p className="problem">
          <TriangleAlert className="i" aria-hidden="true" />
          <span>{problem}</span>
        </p>
      )}
    </div>
  );
}
