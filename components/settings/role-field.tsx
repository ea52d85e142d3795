import { ROLES, type Role } from '@/lib/access/schema';
import { ROLE_NOTES } from './roles';

/** One role of five, each with what it is for. */
export function RoleField({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  return (
    <fieldset className="s-roles">
      <legend className="label">Role</legend>
      {ROLES.map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="role"
            value={each}
            checked={role === each}
            onChange={() => onChange(each)}
          />
          <span>
            <b>{ROLE_NOTES[each].label}</b> <span className="small mute">{ROLE_NOTES[each].note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
