import { Advanced } from './Advanced';
import { Files } from './Files';
import { Life } from './Life';
import { Privacy } from './Privacy';
import { Directions, People } from './Ways';

export function More() {
  return (
    <>
      <div class="columns">
        <div><Directions /><Life /></div>
        <People />
      </div>
      <Privacy />
      <Advanced />
      <Files />
    </>
  );
}
