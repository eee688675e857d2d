export function Managers() {
  return null;
}
