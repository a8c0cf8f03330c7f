/**
 * Which letters beyond ASCII the languages use, and how often: what an encoding is told by. Rough
 * shares are enough, since a wrong encoding gives letters that no one language has together.
 */

/** A language, or several that share files. */
export interface Language {
  readonly name: string;
  /** Its lower-case letters beyond ASCII, and the share of text beyond ASCII they make up. */
  readonly letters: readonly (readonly [letters: string, share: number])[];
  /** How rare it is among the languages of its encodings, as the logarithm of a share. */
  readonly prior: number;
}

/** A single-byte encoding as a candidate. */
export interface SingleByteCandidate {
  readonly encoding: string;
  readonly languages: readonly Language[];
  /** How rare such files are, as the natural logarithm of a share; windows-1252 is 0. */
  readonly prior: number;
}

/** A multi-byte encoding as a candidate. */
export interface MultiByteCandidate {
  readonly encoding: string;
  readonly language: string;
  readonly prior: number;
  /** Characters and the share of text they make up; of the lists that have one the last counts. */
  readonly classes: readonly (readonly [characters: string, share: number])[];
  /**
   * The characters of the standard's first level, the everyday ones, by the first and last of
   * their lead and trail bytes in an encoding; those that no class has make up this share.
   */
  readonly level: {
    readonly encoding: string;
    readonly leads: readonly [number, number];
    readonly trails: readonly [number, number];
    readonly share: number;
  };
}

/** Of a Latin alphabet: few letters are beyond ASCII, and fewer still are common. */
function latin(
  name: string,
  common: string,
  usual: string,
  rare: string,
  prior: number = 0,
): Language {
  const letters = [
    [common, 0.6],
    [usual, 0.3],
    [rare, 0.098],
  ] as const;
  return { name, letters, prior };
}

/** Of another script: all of its letters are beyond ASCII. */
function nonLatin(name: string, common: string, usual: string, rare: string): Language {
  const letters = [
    [common, 0.48],
    [usual, 0.34],
    [rare, 0.178],
  ] as const;
  return { name, letters, prior: 0 };
}

const WESTERN: readonly Language[] = [
  latin('Western European', 'éüöä', 'áíóñçßàãøåèôêúæ', 'îâûëïìòùõýœÿšž'),
  latin('German', 'üäö', 'ß', 'éèàçáô'),
  latin('French', 'é', 'èàêç', 'ôîûùâëïœüöæÿ'),
  latin('Spanish', 'óíáñ', 'éú', 'üçàèò'),
  latin('Portuguese', 'ãçáéí', 'óõêâú', 'àôüñ'),
  latin('Italian', 'àèòù', 'ìé', 'îóüö'),
  latin('Danish', 'øåæ', 'éöä', 'üèóô'),
  latin('Swedish', 'äöå', 'éü', 'øæàèá'),
  latin('Dutch', 'ëé', 'ïèöü', 'óêçäáà'),
  latin('Icelandic', 'áðíó', 'éúæýöþ', 'üäøå', -3),
];
const CENTRAL: readonly Language[] = [
  latin('Polish', 'łąęó', 'żśćńź', 'üöéäáč'),
  latin('Czech', 'áíéěý', 'řšžčů', 'úňťďóöüä'),
  latin('Slovak', 'áíéčž', 'šýúľť', 'ôäďňĺŕóěřöü'),
  latin('Hungarian', 'áéöó', 'őüíűú', 'äčš'),
  latin('Romanian', 'ăîâ', 'şţșț', 'éáöőüó'),
  latin('Croatian or Slovenian', 'čšž', 'ćđ', 'üöäéáó'),
  latin('Central European', 'áéíóöüčšž', 'łąęěřýćńśżőú', 'źđăâîşţďťňůűľôäëßç', -2),
];
const BALTIC: readonly Language[] = [
  latin('Lithuanian', 'ėšų', 'įžčą', 'ęūüöé'),
  latin('Latvian', 'āīē', 'šūņļ', 'ķģžčōŗ'),
  latin('Estonian', 'äõöü', 'šž', 'éå'),
];
const TURKISH: readonly Language[] = [latin('Turkish', 'ıüşç', 'ğöİ', 'âîûéä')];
const CYRILLIC: readonly Language[] = [
  nonLatin('Russian', 'оеаинт', 'срвлкмдпу', 'яыьгзбчйхжшюцщэфъё'),
  nonLatin('Ukrainian', 'оаинів', 'ртеслкмдпу', 'язьбгчйїхцжшюєґщф'),
  nonLatin('Bulgarian', 'аоиетн', 'рсвлкдпмз', 'ягбучъщжхцюйфшь'),
  nonLatin('Serbian', 'аоиенр', 'тсвјкдмлпу', 'гзбчшцжхљњћђџфѓќѕ'),
  nonLatin('Belarusian', 'аенірк', 'осптлвудямы', 'ўьцгзбйчжшхюэфё'),
];
const GREEK: readonly Language[] = [
  nonLatin('Greek', 'αοιετσν', 'ηυρπκμλςίάόέ', 'ήώύγδωχθφβξζψϊϋΐΰ'),
];
const HEBREW: readonly Language[] = [nonLatin('Hebrew', 'יוהלא', 'רתבשמנ', 'דקפעחכגטסזםןצךףץ')];
const ARABIC: readonly Language[] = [
  nonLatin('Arabic', 'الينمر', 'وتبعدسةهفك', 'حقجشطصخىذضزغثئءظأإآؤ،؛؟'),
  nonLatin('Persian', 'اینرمد', 'هوتبسشکل', 'گفعخقزچجپحآطصذضغثظژئءيك'),
];
const THAI: readonly Language[] = [
  nonLatin('Thai', 'านรอกเง', 'มยลวดทสตะปบคห่้ัี็ิุ์', 'แพจชใไโขผซถณญศธภูฐำืึฝฟฉษฎฏฒฆฮฤฬๆฯ๐๑๒๓๔๕๖๗๘๙๊๋'),
];

function candidate(
  encoding: string,
  prior: number,
  languages: readonly Language[],
): SingleByteCandidate {
  return { encoding, languages, prior };
}

/**
 * ISO-8859-1, -9, -8, -11 and -13 are missing: the Windows encoding of the same letters has all
 * of theirs, and reads what they leave undefined.
 */
export const SINGLE_BYTE_CANDIDATES: readonly SingleByteCandidate[] = [
  candidate('windows-1252', 0, WESTERN),
  candidate('iso-8859-15', -5, WESTERN),
  candidate('macintosh', -4.5, WESTERN),
  candidate('cp850', -4.5, WESTERN),
  candidate('cp437', -6, WESTERN),
  candidate('windows-1250', -2, CENTRAL),
  candidate('iso-8859-2', -3, CENTRAL),
  candidate('cp852', -5, CENTRAL),
  candidate('windows-1257', -4, BALTIC),
  candidate('windows-1254', -3, TURKISH),
  candidate('cp857', -6, TURKISH),
  candidate('windows-1251', -2, CYRILLIC),
  candidate('koi8-r', -3.5, CYRILLIC.slice(0, 1)),
  candidate('koi8-u', -5, CYRILLIC.slice(1, 2)),
  candidate('cp866', -4, CYRILLIC),
  candidate('iso-8859-5', -4.5, CYRILLIC),
  candidate('mac-cyrillic', -6, CYRILLIC),
  candidate('windows-1253', -3, GREEK),
  candidate('iso-8859-7', -4, GREEK),
  candidate('cp737', -6, GREEK),
  candidate('windows-1255', -3.5, HEBREW),
  candidate('cp862', -6.5, HEBREW),
  candidate('windows-1256', -3.5, ARABIC),
  candidate('iso-8859-6', -5, ARABIC),
  candidate('windows-874', -4, THAI),
];

const HIRAGANA =
  'のにはをたがでとしてるいなれかもあっりさこきうらまくけそすよおせちわみめえろつどんだぎごじぶびべばずげぐむふひへねぬやゆゃゅょほぼざぜぞゼぱぴぷぺぽ';
const KATAKANA =
  'ーンスルトリアイラクシドレジフタッロムマカサコテニデメプセオキパナバウャュョグソノハビホボモエチツケダブガペゴポベミワヤユヨネヌヒヘズザゼァィェォヴピゲゾヂギ';
const KANJI =
  '日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨田佐藤鈴橋渡辺伊村林加吉都府県市区町京阪古屋横浜神戸札幌福岡島崎原野井上松株式会社営業部課経理美郎太谷石清池森斎和内沢口近青坂香新宿世田渋品目番地号丁分合計価格数量商注文客様店';
const CJK_MARKS = '　、。，．・：；？！「」『』（）【】〜～－―…々ヶ℃￥％＋＝＆＊＃＠“”‘’《》〈〉';
const FULL_WIDTH =
  '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ';
const HALF_KATAKANA = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝﾞﾟｰｧｨｩｪｫｬｭｮｯ';
const HALF_COMMON = 'ｱｲｳｵｶｷｸｺｻｼｽﾀﾁﾄﾅﾊﾏﾐﾔﾗﾘﾝﾞ';
const HANGUL =
  '이가는을의에다김박최정서울부산시도구동대인한지영수민남경기강원전라북충청제주광천고하사자로은를과와나리어해일그아스성공상조장보여유안전화신회주식문국소년월계비관학교생재현준우선미진혜연희윤송임오황홍권';
const SIMPLIFIED =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产新己制身果加西斯月合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活京沪广州深圳李刘陈杨赵黄周吴徐孙朱王张市区省县路号有限公司北南安徽江苏浙山四川湖河林郑何马';
const TRADITIONAL =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產新己制身果加西月合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活台灣臺北雄縣鄉鎮陳林黃李吳劉蔡楊許鄭謝王張市區路號段巷南嘉義花蓮桃園竹苗栗彰化屏';

const JIS_LEVEL: MultiByteCandidate['level'] = {
  encoding: 'euc-jp',
  leads: [0xb0, 0xcf],
  trails: [0xa1, 0xfe],
  share: 0.15,
};

const JAPANESE: MultiByteCandidate['classes'] = [
  [HIRAGANA, 0.3],
  [KATAKANA, 0.22],
  [KANJI, 0.28],
  [CJK_MARKS + FULL_WIDTH, 0.04],
  [HALF_KATAKANA, 0.004],
];

/** Each reads the subsets of its kind too: GB18030 is GBK and GB2312, EUC-KR is cp949. */
export const MULTI_BYTE_CANDIDATES: readonly MultiByteCandidate[] = [
  {
    encoding: 'shift_jis',
    language: 'Japanese',
    prior: -2.5,
    classes: JAPANESE,
    level: JIS_LEVEL,
  },
  {
    // Banks and old programs write names in half-width kana, a byte each.
    encoding: 'shift_jis',
    language: 'Japanese',
    prior: -6,
    classes: [...JAPANESE, [HALF_KATAKANA, 0.3], [HALF_COMMON, 0.6]],
    level: JIS_LEVEL,
  },
  {
    encoding: 'euc-jp',
    language: 'Japanese',
    prior: -4,
    classes: JAPANESE,
    level: JIS_LEVEL,
  },
  {
    encoding: 'euc-kr',
    language: 'Korean',
    prior: -3,
    classes: [
      [HANGUL, 0.6],
      [CJK_MARKS + FULL_WIDTH, 0.02],
    ],
    level: { encoding: 'euc-kr', leads: [0xb0, 0xc8], trails: [0xa1, 0xfe], share: 0.37 },
  },
  {
    encoding: 'gb18030',
    language: 'Chinese',
    prior: -2.5,
    classes: [
      [SIMPLIFIED, 0.6],
      [CJK_MARKS + FULL_WIDTH, 0.03],
    ],
    level: { encoding: 'gbk', leads: [0xb0, 0xd7], trails: [0xa1, 0xfe], share: 0.34 },
  },
  {
    encoding: 'big5',
    language: 'Chinese',
    prior: -3,
    classes: [
      [TRADITIONAL, 0.6],
      [CJK_MARKS + FULL_WIDTH, 0.03],
    ],
    level: { encoding: 'big5', leads: [0xa4, 0xc6], trails: [0x40, 0xfe], share: 0.34 },
  },
];
