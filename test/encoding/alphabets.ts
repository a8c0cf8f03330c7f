/** What is written in an encoding by tests. */
import iconv from 'iconv-lite';
import { encodingNames, familyOf } from '../../src/encoding/names.js';

/** Those that say in which order their bytes come. */
export const orderedNames = encodingNames.filter((name) => name !== 'utf-16' && name !== 'utf-32');

/** Characters that an encoding has and that come back from it the same. */
export function alphabetOf(encoding: string): string[] {
  const wide =
    'aZ,;"\n\r\t 09éüßñçøłžőşğıаяЖёіαωΆאתابںกร€–’°£あアｱ、日本東京漢字서울한글北京广州臺灣龍';
  const table = Buffer.from(Array.from({ length: 128 }, (_, i) => 0x80 + i));
  const own = familyOf(encoding) === 'single-byte' ? iconv.decode(table, encoding as 'utf8') : '';
  const unicode = familyOf(encoding) === 'unicode' ? '😀𠀀\ufffd\uffff\ue000' : '';
  return Array.from(new Set(wide + own + unicode)).filter((char) => {
    if (char === '\ufffd') return unicode !== '';
    return iconv.decode(iconv.encode(char, encoding as 'utf8'), encoding as 'utf8') === char;
  });
}
