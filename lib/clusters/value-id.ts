/** "123@20410" is indicator 123 on that day (days since 1970). Pure. */
export function splitValueId(valueId: string): { id: string; day: string | null } {
  const [id = '', day] = valueId.split('@');
  return {
    id,
    day: day === undefined ? null : new Date(Number(day) * 86_400_000).toISOString().slice(0, 10),
  };
}
