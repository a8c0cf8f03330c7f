/** What rows below a table begin with: words for totals and averages, and beginnings of notes. */

import { decodeByteText } from './text-dialect.js';

/** The byte that ended a text file in CP/M and DOS, and still does in what such programs write. */
export const END_OF_FILE = '\x1a';

/** Longer texts are no label. */
const LONGEST_LABEL = 60;

const TOTAL =
  /^(?:(?:grand|overall) )?(?:totals?|sum|summe|gesamt|gesamtsumme|insgesamt|totale|somme|suma|totaal|totalt|summa|total g\S+ral)\s*:?$/i;
/** In more languages, and words that say something else as well: such a row must add up. */
const OTHER_TOTALS: ReadonlySet<string> = new Set(
  [
    'итого|всего|сумма|разом|усього|всичко|общо|σύνολο|合計|総計|総合計|計|总计|合计|總計|共计|합계|총계',
    'toplam|genel toplam|razem|ogółem|łącznie|celkem|spolu|összesen|yhteensä|soma|skupaj|ukupno',
    'kokku|kopā|iš viso|tổng|tổng cộng|jumlah|المجموع|الإجمالي|סהכ|סה"כ|รวม|कुल|suma total|eindtotaal',
    'total general|importe total|totale generale|totale complessivo|totalsumma|total général',
  ].flatMap((words) => words.split('|')),
);
const AVERAGES: ReadonlySet<string> = new Set(
  [
    'average|averages|avg|avg.|mean|durchschnitt|mittelwert|mittel|moyenne|promedio|media|média',
    'gemiddelde|gemiddeld|medel|snitt|średnia|średnio|průměr|átlag|ortalama|среднее|平均|平均值|평균',
  ].flatMap((words) => words.split('|')),
);

/** Whether the text names totals, for certain. */
export function isTotalLabel(text: string): boolean {
  return TOTAL.test(text);
}

/** Whether it names them in another language, or with a word that says something else, too. */
export function mayBeTotal(text: string): boolean {
  return OTHER_TOTALS.has(labelOf(text));
}

/** Whether it names averages. */
export function isAverageLabel(text: string): boolean {
  return AVERAGES.has(labelOf(text));
}

/** Whether it names totals, for certain or perhaps, or averages. */
export function maySumUp(text: string): boolean {
  if (isTotalLabel(text)) return true;
  const label = labelOf(text);
  return OTHER_TOTALS.has(label) || AVERAGES.has(label);
}

/** As the lists have it; '' for what is too long. */
function labelOf(text: string): string {
  if (text.length > LONGEST_LABEL) return '';
  return decodeByteText(text)
    .toLowerCase()
    .replace(/\s*[:：]$/, '');
}

const NOTE =
  /^(?:\*|\xe2\x80\xa0|\xc2?\xa9|--|(?:sources?|notes?|footnotes?|remarks?|quellen?|hinweise?|anmerkung(?:en)?|fuentes?|notas?|fonti?|(?:grand |sub)?totals?|gesamt\w*|summe|somme|totale|generated|created|exported|printed|downloaded|copyright|disclaimer|last updated|updated|as of|data from|provided by|end of|row count|record count|records?|rows?|stand)\b(?!$))/i;

/** Whether the text begins like a note. */
export function beginsNote(text: string): boolean {
  return text === END_OF_FILE || NOTE.test(text);
}

/** Whether the text may stand first in a footer row. */
export function isFooterLabel(text: string): boolean {
  return maySumUp(text) || beginsNote(text);
}
