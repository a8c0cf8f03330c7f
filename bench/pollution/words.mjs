/** What the cells of polluted tables are made of: names, places and texts, language by language. */

const ENGLISH_NAMES = {
  id: ['id', 'Order No', 'ID', 'customer_id', 'Ref'],
  person: ['Name', 'customer', 'Contact', 'Full Name'],
  city: ['City', 'town', 'Location', 'Birthplace'],
  amount: ['Amount', 'price', 'Total Paid', 'balance', 'Net Amount'],
  decimal: ['weight', 'Ratio', 'Temperature', 'share', 'Length'],
  count: ['Quantity', 'units', 'Visits', 'stock'],
  date: ['Date', 'Booking Date', 'created', 'Due'],
  time: ['Time', 'start', 'Departure', 'opened at'],
  flag: ['active', 'Paid', 'Member', 'checked'],
  category: ['Status', 'type', 'Segment', 'Channel'],
  text: ['Comment', 'notes', 'Description', 'Remarks'],
};

const ENGLISH_TEXTS = [
  'left at the door, call first',
  'said "no thanks", then left',
  'second delivery, partly damaged',
  "customer didn't answer",
  'the "blue" one, not the red one',
  'invoice sent',
  'new contract, valid from May',
  'see mail of last week',
  'returned, refund pending',
  'ok',
  "O'Brien will call back, maybe Friday",
  'no remarks',
  'urgent',
];

const MIXED = {
  letters: 'mixed',
  city: 'Zürich,Málaga,São Paulo,Göteborg,Kraków,Łódź,Oslo,Besançon,Lyon,Århus,İzmir,Plzeň,Porto',
  person:
    'José Álvarez,Anna Müller,Zoë Martin,Lars Ødegård,Tom Smith,Chloé Lefèvre,Jane Doe,Łukasz Nowak',
  category: 'open,closed,on hold,new',
  text: ENGLISH_TEXTS,
  names: ENGLISH_NAMES,
};

const GERMAN = {
  letters: 'windows-1252',
  city: 'Zürich,Köln,München,Düsseldorf,Nürnberg,Berlin,Saarbrücken,Göttingen,Lübeck,Gießen,Bonn',
  person: 'Jörg Schäfer,Anna Müller,Käthe Groß,Günther Weiß,Peter Schmidt,Bärbel Köhler,Uwe Jäger',
  category: 'offen,erledigt,geprüft,zurückgestellt',
  text: [
    'Rückruf gewünscht, möglichst früh',
    'Lieferung verspätet',
    'Gerät beschädigt, Ersatz benötigt',
    'für den "großen" Auftrag, nicht für den kleinen',
    'keine Bemerkung',
    'geändert auf Wunsch, siehe Brief',
  ],
  names: {
    ...ENGLISH_NAMES,
    ...{ id: ['Kundennummer', 'Beleg'], city: ['Ort', 'Geburtsort'], amount: ['Betrag', 'Gebühr'] },
    ...{ count: ['Stückzahl', 'Menge'], text: ['Bemerkung', 'Erläuterung'], date: ['Datum'] },
  },
};

const FRENCH = {
  letters: 'windows-1252',
  city: 'Besançon,Orléans,Nîmes,Saint-Étienne,Lyon,Béziers,Mâcon,Angoulême,Paris,Évreux,Sète',
  person: 'Chloé Lefèvre,René Dupré,Zoë Martin,Hélène François,Noël Bérard,Jean Petit,Anaïs Côté',
  category: 'payé,livré,annulé,reçu',
  text: [
    'livré à midi, déjà payé',
    'réclamation reçue, à vérifier',
    'client très pressé',
    'le modèle "été", pas le modèle hiver',
    'rien à signaler',
    'prêt à être expédié, façade abîmée',
  ],
  names: {
    ...ENGLISH_NAMES,
    ...{ id: ['Numéro', 'Référence'], city: ['Ville'], amount: ['Montant', 'Coût'] },
    ...{ count: ['Quantité'], text: ['Détail', 'Précisions'], category: ['État'] },
  },
};

const POLISH = {
  letters: 'iso-8859-2',
  city: 'Łódź,Kraków,Wrocław,Gdańsk,Poznań,Częstochowa,Rzeszów,Białystok,Warszawa,Świdnica,Toruń',
  person:
    'Małgorzata Wiśniewska,Łukasz Zieliński,Paweł Dąbrowski,Grażyna Wójcik,Jan Kowalski,Michał Król',
  category: 'opłacone,wysłane,zamknięte,wstrzymane',
  text: [
    'proszę dzwonić później, najlepiej wieczorem',
    'przesyłka uszkodzona, zwrot środków',
    'wysłano pocztą',
    'część "główna", bez dodatków',
    'brak uwag',
    'zamówienie zostało opóźnione, klient się zgodził',
  ],
  names: {
    ...ENGLISH_NAMES,
    ...{ id: ['Numer klienta', 'Nr'], city: ['Miejscowość'], amount: ['Należność', 'Kwota'] },
    ...{ count: ['Ilość'], text: ['Uwagi', 'Treść'], date: ['Data sprzedaży'] },
  },
};

const CZECH = {
  letters: 'iso-8859-2',
  city: 'Plzeň,České Budějovice,Ústí nad Labem,Olomouc,Brno,Zlín,Děčín,Třebíč,Přerov,Žďár,Kolín',
  person:
    'Jiří Novák,Tomáš Dvořák,Božena Němcová,Zdeněk Šťastný,Lucie Křížová,Pavel Černý,Eva Malá',
  category: 'zaplaceno,odesláno,vyřízeno,zrušeno',
  text: [
    'zákazník nebyl doma, přijde později',
    'zboží poškozeno, vráceno',
    'příjem potvrzen',
    'verze "větší", ne ta menší',
    'bez poznámky',
    'čeká na schválení, důležité',
  ],
  names: {
    ...ENGLISH_NAMES,
    ...{ id: ['Číslo zákazníka', 'Č'], city: ['Město'], amount: ['Částka', 'Úhrada'] },
    ...{ count: ['Počet'], text: ['Poznámka', 'Důvod'], date: ['Datum splatnosti'] },
  },
};

const RUSSIAN = {
  letters: 'windows-1251',
  city: 'Москва,Казань,Пермь,Екатеринбург,Самара,Тверь,Омск,Новосибирск,Челябинск,Уфа',
  person: 'Иван Петров,Анна Кузнецова,Сергей Иванов,Ольга Смирнова,Пётр Щукин,Юлия Жукова',
  category: 'открыт,закрыт,оплачен,отменён',
  text: [
    'позвонить позже, лучше вечером',
    'товар повреждён, возврат',
    'доставлено вовремя',
    'модель "большая", не маленькая',
    'без замечаний',
    'ждёт подтверждения, срочно',
  ],
  names: {
    ...ENGLISH_NAMES,
    ...{
      id: ['Номер', 'Код'],
      person: ['Имя', 'Клиент'],
      city: ['Город'],
      amount: ['Сумма', 'Цена'],
    },
    ...{ count: ['Количество'], text: ['Примечание', 'Описание'], date: ['Дата'], time: ['Время'] },
  },
};

const JAPANESE = {
  letters: 'shift_jis',
  city: '東京,大阪,名古屋,札幌,福岡,横浜,京都,神戸,仙台,広島',
  person: '山田太郎,佐藤花子,鈴木一郎,高橋美咲,田中健,伊藤さくら,渡辺直樹',
  category: '完了,未処理,保留,キャンセル',
  text: [
    '午後に電話してください',
    '商品が破損していました, 返品予定',
    'お届け済み',
    '備考なし',
    'カタログを送付, 返事待ち',
    'キャンペーンに申し込みました',
  ],
  names: {
    ...ENGLISH_NAMES,
    ...{ id: ['番号', '顧客ID'], person: ['氏名', '担当者'], city: ['都市', '所在地'] },
    ...{ amount: ['金額', '価格'], count: ['数量'], text: ['備考', '説明'], date: ['日付'] },
  },
};

const LANGUAGES = [MIXED, GERMAN, FRENCH, POLISH, CZECH, RUSSIAN, JAPANESE];

/** The languages that an encoding is for; UTF-8 is for all, mostly for texts in English. */
export function languagesOf(encoding) {
  const own = LANGUAGES.filter(({ letters }) => letters === encoding);
  return own.length > 0 ? own : [MIXED, MIXED, MIXED, GERMAN, FRENCH, POLISH];
}

export const ENGLISH_COLUMN_NAMES = ENGLISH_NAMES;

export const TITLES = [
  'Sales report',
  'Monthly overview of all branches',
  'Confidential',
  'Export of the customer database',
  'ACME Ltd. – Accounts receivable',
  'Quarterly figures, preliminary',
  'Statistics Office',
  'Table 4.2 Deliveries by region',
];

export const KEY_VALUES = [
  ['Created', '2024-05-01'],
  ['Author', 'J. Smith'],
  ['Region', 'North'],
  ['Period', '2024-01-01 to 2024-03-31'],
  ['Currency', 'EUR'],
  ['Account', 'DE44 5001 0517 5407 3249 31'],
  ['Rows', '57'],
  ['Software', 'LabWriter 4.1'],
];

export const FOOTNOTES = [
  'Source: Statistics Office',
  'Note: figures are preliminary, subject to change',
  '* estimated values',
  'Generated on 2024-05-01 at 10:32',
  '© 2024 ACME Ltd. All rights reserved.',
  'This report was created automatically.',
  'Remarks: cells without a value were not measured',
];
