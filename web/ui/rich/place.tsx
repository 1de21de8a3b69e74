import type { Content } from '../../sdk/index.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { Glyph } from './glyph.tsx';
import { Link } from './links.tsx';
import type { RichStrings } from './strings.ts';

/** Where something is, in words, and a link to a map elsewhere: no map of strangers is loaded. */
export function placeOfContent({ coordinates, location: place = {} }: Content, strings: RichStrings): Child {
  if (!coordinates) return undefined;
  const { lat, long } = coordinates;
  const point = `${lat}, ${long}`;
  const map = new URL(`https://www.openstreetmap.org/?mlat=${lat}&mlon=${long}#map=16/${lat}/${long}`);
  return (
    <div class="bubble place" dir="auto">
      <Glyph name="place" />
      <div>
        <p>{place.name ?? place.address ?? strings.place}</p>
        <p class="description">{place.name && place.address ? place.address : <span dir="ltr">{point}</span>}</p>
        <p><Link url={map} words={strings.openMap}>{strings.openMap}</Link></p>
      </div>
    </div>
  );
}
