/** Months by name: English, German, French, Spanish, Italian, Portuguese and Dutch. */

/** A line a month; the first letters that are enough, and all that may follow. */
const NAMES: readonly string[] = [
  'january jan januar jänner janvier janv enero ene gennaio gen janeiro januari',
  'february feb februar febr feber février févr fév febrero febbraio fevereiro fev februari',
  'march mar märz mär mrz mars marzo março maart mrt',
  'april apr avril avr abril abr aprile',
  'may mai mayo maggio mag maio mei',
  'june jun juni juin junio giugno giu junho',
  'july jul juli juillet juil julio luglio lug julho',
  'august aug août aoû agosto ago augustus',
  'september sep sept septembre septiembre set settembre setembro',
  'october oct oktober okt octobre octubre ottobre ott outubro out',
  'november nov novembre noviembre novembro',
  'december dec dezember dez décembre déc diciembre dic dicembre dezembro',
];

const months = new Map(
  NAMES.flatMap((names, i) => names.split(' ').map((name) => [plain(name), i + 1] as const)),
);

function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** 1 – 12 for the name of a month, short or long, with or without a full stop; 0 for others. */
export function monthOf(name: string): number {
  return months.get(plain(name).replace(/\.$/, '')) ?? 0;
}
