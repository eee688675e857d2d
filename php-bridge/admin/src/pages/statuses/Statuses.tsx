export function Statuses() {
  return null;
}
