import { Advanced } from './Advanced';
import { Erasure } from './Erasure';
import { Files } from './Files';
import { Life } from './Life';
import { Directions, People } from './Ways';

export function More() {
  return (
    <>
      <div class="columns">
        <Directions />
        <Life />
        <People />
        <Erasure />
      </div>
      <Advanced />
      <Files />
    </>
  );
}
