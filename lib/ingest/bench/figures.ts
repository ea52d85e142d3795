/** The bench's table: a row a figure, a column a world, and what the figure should be. */

export class Figures {
  private readonly worlds: string[] = [];
  private readonly rows = new Map<string, { aim: string; byWorld: Map<string, string> }>();

  addWorld(name: string): void {
    this.worlds.push(name);
  }

  /** A figure of the world that was added last. */
  set(figure: string, value: string, aim = ''): void {
    const row = this.rows.get(figure) ?? { aim, byWorld: new Map() };
    row.byWorld.set(this.worlds.at(-1) ?? '', value);
    this.rows.set(figure, row);
  }

  toString(): string {
    const lines = [['', ...this.worlds, 'aim']];
    for (const [figure, { aim, byWorld }] of this.rows) {
      lines.push([figure, ...this.worlds.map((world) => byWorld.get(world) ?? ''), aim]);
    }
    const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
    return lines
      .map((line) =>
        line
          .map((cell, n) =>
            n === 0 || n === line.length - 1 ? cell.padEnd(widths[n]!) : cell.padStart(widths[n]!),
          )
          .join('  ')
          .trimEnd(),
      )
      .join('\n');
  }
}

export const whole = (value: number) => Math.round(value).toLocaleString('en');
export const micros = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(1));
