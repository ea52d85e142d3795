import type { ComponentProps, ReactNode } from 'react';

export interface ButtonProps extends ComponentProps<'button'> {
  /** One primary at most in view; `stop` is filled red: the kill switch and a dialog's last step only. */
  variant?: 'plain' | 'primary' | 'ghost' | 'danger' | 'stop';
  /** The page's one decision: 32 px. */
  large?: boolean;
  wide?: boolean;
  /** Square, holds an icon alone; give it an aria-label. */
  icon?: boolean;
  /** Its key, shown behind the words. */
  keys?: ReactNode;
  /** Its act is under way: it stays readable, keeps the focus and does nothing. */
  busy?: boolean;
}

/** A 28 px control. `type` is "button" unless said otherwise. */
export function Button({
  variant = 'plain',
  large,
  wide,
  icon,
  keys,
  busy,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const classes = [
    'btn',
    variant !== 'plain' && variant,
    large && 'large',
    wide && 'wide',
    icon && 'icon',
    className,
  ];
  return (
    <button
      type="button"
      {...rest}
      className={classes.filter(Boolean).join(' ')}
      // Not disabled: focus would fall out of it, and with it out of a dialog.
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {children}
      {keys !== undefined && (
        <span className="key" aria-hidden="true">
          <kbd>{keys}</kbd>
        </span>
      )}
    </button>
  );
}
