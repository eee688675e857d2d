/** Bundled as text: it becomes a style sheet of the shadow root. */
declare module '*.css' {
  const text: string;
  export default text;
}
