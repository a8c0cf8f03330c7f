/**
 * The encodings that can be asked for by name, and the other names people and programs give them.
 * It stands apart from what decodes, so that an option is checked without loading any table.
 */

/** How an encoding is decoded: by our own code, by a table of 256 characters, or by a library. */
export type EncodingFamily = 'unicode' | 'single-byte' | 'multi-byte';

interface Encoding {
  readonly name: string;
  readonly family: EncodingFamily;
  /** As people write them; case, dashes and the like do not count. */
  readonly aliases: readonly string[];
}

/** One line per encoding: the name, then its aliases. The more common stand first. */
function family(kind: EncodingFamily, lines: readonly string[]): Encoding[] {
  return lines.map((line) => {
    const [name, ...aliases] = line.split(' ') as [string, ...string[]];
    return { name, family: kind, aliases };
  });
}

const ENCODINGS: readonly Encoding[] = [
  ...family('unicode', [
    'utf-8 utf8 utf-8-sig utf-8-bom cp65001 ascii us-ascii unicode-1-1-utf-8',
    'utf-16 utf16 ucs-2 unicode',
    'utf-16le utf16le ucs-2le unicodelittle cp1200',
    'utf-16be utf16be ucs-2be unicodebig cp1201',
    'utf-32 utf32 ucs-4',
    'utf-32le utf32le ucs-4le cp12000',
    'utf-32be utf32be ucs-4be cp12001',
  ]),
  ...family('single-byte', [
    'windows-1252 cp1252 win1252 x-cp1252 ms-ansi',
    'iso-8859-1 iso8859-1 latin1 latin-1 l1 cp819 ibm819',
    'iso-8859-15 iso8859-15 latin9 latin-9 l9 csisolatin9',
    'windows-1250 cp1250 win1250 x-cp1250 ms-ee',
    'windows-1251 cp1251 win1251 x-cp1251 ms-cyrl',
    'windows-1253 cp1253 win1253 x-cp1253 ms-greek',
    'windows-1254 cp1254 win1254 x-cp1254 ms-turk',
    'windows-1255 cp1255 win1255 x-cp1255 ms-hebr',
    'windows-1256 cp1256 win1256 x-cp1256 ms-arab',
    'windows-1257 cp1257 win1257 x-cp1257 winbaltrim',
    'windows-1258 cp1258 win1258 x-cp1258',
    'windows-874 cp874 win874 ibm874 dos-874',
    'iso-8859-2 iso8859-2 latin2 latin-2 l2',
    'iso-8859-3 iso8859-3 latin3 latin-3 l3',
    'iso-8859-4 iso8859-4 latin4 latin-4 l4',
    'iso-8859-5 iso8859-5 cyrillic iso-ir-144',
    'iso-8859-6 iso8859-6 arabic ecma-114 asmo-708',
    'iso-8859-7 iso8859-7 greek greek8 ecma-118 elot-928',
    'iso-8859-8 iso8859-8 hebrew iso-8859-8-i',
    'iso-8859-9 iso8859-9 latin5 latin-5 l5',
    'iso-8859-10 iso8859-10 latin6 latin-6 l6',
    'iso-8859-11 iso8859-11',
    'iso-8859-13 iso8859-13 latin7 latin-7 l7',
    'iso-8859-14 iso8859-14 latin8 latin-8 l8',
    'iso-8859-16 iso8859-16 latin10 latin-10 l10',
    'koi8-r koi8 koi cskoi8r',
    'koi8-u koi8-ru cskoi8u',
    'macintosh macroman mac-roman mac x-mac-roman',
    'mac-cyrillic x-mac-cyrillic',
    'mac-greek x-mac-greek',
    'mac-turkish macturkish x-mac-turkish',
    'mac-cent-euro maccentraleurope mac-latin2 x-mac-ce',
    'mac-croatian x-mac-croatian',
    'mac-romania x-mac-romanian',
    'mac-iceland x-mac-icelandic',
    'cp437 ibm437 dos-437',
    'cp737 ibm737 dos-737',
    'cp775 ibm775 dos-775',
    'cp850 ibm850 dos-850',
    'cp852 ibm852 dos-852',
    'cp855 ibm855 dos-855',
    'cp857 ibm857 dos-857',
    'cp858 ibm858 ibm00858 dos-858',
    'cp860 ibm860 dos-860',
    'cp861 ibm861 dos-861',
    'cp862 ibm862 dos-862',
    'cp863 ibm863 dos-863',
    'cp865 ibm865 dos-865',
    'cp866 ibm866 dos-866',
    'cp869 ibm869 dos-869',
    'tis-620 tis620',
  ]),
  ...family('multi-byte', [
    'shift_jis shift-jis sjis x-sjis cp932 ms932 windows-31j ms-kanji csshiftjis',
    'euc-jp eucjp x-euc-jp ujis',
    'euc-kr euckr cp949 ms949 windows-949 uhc ksc-5601 ks-c-5601-1987 korean',
    'gb18030',
    'gbk gb2312 cp936 ms936 windows-936 euc-cn x-gbk chinese',
    'big5 big-5 big5-hkscs cn-big5 x-x-big5',
    'cp950 ms950 windows-950',
  ]),
];

/** The canonical names, the more common of a kind first. */
export const encodingNames: readonly string[] = ENCODINGS.map(({ name }) => name);

/** All that may be written, canonical names before aliases: what "did you mean" chooses from. */
export const knownEncodings: readonly string[] = [
  ...encodingNames,
  ...ENCODINGS.flatMap(({ aliases }) => aliases),
];

const BY_SPELLING = new Map(
  ENCODINGS.flatMap((encoding) =>
    [encoding.name, ...encoding.aliases].map((name) => [spelling(name), encoding] as const),
  ),
);

/** The canonical name of an encoding, or null for an unknown one. Case and dashes do not count. */
export function resolveEncoding(text: string): string | null {
  return BY_SPELLING.get(spelling(text))?.name ?? null;
}

/** Encodings that people know by these names, and that nothing here decodes. */
const UNSUPPORTED: readonly RegExp[] = [
  /^(cs)?iso2022(jp|kr|cn)(\d|ms|ext)*$|^cp5022[0125]$/,
  /^(utf7(imap)?|unicode11utf7|cp65000|scsu|bocu1|utf1)$/,
  /^x?ebcdic|^utfebcdic$/,
  /^(cp|ibm|ibmcp)0*(37|273|277|278|28[0457]|290|297|42[034]|500|833|838|87[015]|880|905|918|924)$/,
  /^(cp|ibm|ibmcp)0*(93[013579]|1025|1026|1047|114[0-9])$/,
  /^(hz(gb2312)?|johab|cp1361|viscii|tcvn(5712)?|armscii8)$/,
  /^x?mac(japanese|korean|chinese(simp|trad)|arabic|hebrew|thai)$/,
];

/** Whether `text` names an encoding that there is, yet that cannot be decoded here. */
export function isUnsupportedEncoding(text: string): boolean {
  return resolveEncoding(text) === null && UNSUPPORTED.some((names) => names.test(spelling(text)));
}

/** How the encoding of this canonical name is decoded, or null for an unknown one. */
export function familyOf(encoding: string): EncodingFamily | null {
  return BY_SPELLING.get(spelling(encoding))?.family ?? null;
}

function spelling(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, '');
}
