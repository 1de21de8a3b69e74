const near = 0.8;

/** How close the seats are to their limit: a warning comes while there is time to act. */
export function fullness(used: number, limit: number): 'room' | 'near' | 'full' {
  if (used >= limit) return 'full';
  return used >= limit * near ? 'near' : 'room';
}
