/** Tables as people keep them, in many languages: what an encoding is guessed by in the tests. */

/** Per language: names, places, words, as the cells of one table. */
export const CELLS: Readonly<Record<string, readonly string[]>> = {
  German: split(
    'Müller|Zürich|Köln|Schröder|Düsseldorf|Weiß|Großbeeren|Jürgen|Böhm|Österreich|Jäger|München|Straße 5|Käse|Bücher|Nürnberg|Größe|für Übergang|Schäfer|Vögel|Lübeck|Günther|Fuß|Krüger',
  ),
  French: split(
    'Besançon|Crédit|Saint-Étienne|Hélène|François|Orléans|forêt|être à Nîmes|Béziers|Noël|déjà vu|Évreux|garçon|Angoulême|théâtre|cœur|Sète|Gérard|Mâcon|Île-de-France|Benoît|élève|Thérèse|Châlons',
  ),
  Spanish: split(
    'Córdoba|Málaga|España|Muñoz|León|Martínez|niño|Cádiz|José García|Jaén|Almería|González|¿Qué?|año|Ávila|Logroño|Núñez|Sánchez|Peñíscola|dirección|teléfono|Castellón|Ramírez|Mérida',
  ),
  Portuguese: split(
    'São Paulo|Brasília|Goiânia|João|Conceição|Belém|Florianópolis|Maceió|endereço|número|Vitória|Ceará|Paraná|Gonçalves|Araújo|avó|Guimarães|Évora|Setúbal|Bragança|operação|não|Maranhão|Antônio',
  ),
  Swedish: split(
    'Malmö|Göteborg|Västerås|Örebro|Linköping|Norrköping|Jönköping|Umeå|Gävle|Borås|Växjö|Åkesson|Östersund|Sjöberg|Lindström|Håkan|Söderlund|Ängelholm|Luleå|Skellefteå|Björk|Måns',
  ),
  Polish: split(
    'Łódź|Kraków|Gdańsk|Poznań|Wrocław|Częstochowa|Białystok|Toruń|Rzeszów|Bielsko-Biała|Małgorzata|Wiśniewski|Wójcik|Kowalczyk Józef|Zieliński|Szymańska|Dąbrowski|Kozłowski|Jabłoński|Grażyna|Świętokrzyskie|żółty|książka|Zakopane góry|Ćwikła|Paweł',
  ),
  Czech: split(
    'Plzeň|Hradec Králové|Ústí nad Labem|České Budějovice|Liberec město|Dvořák|Novotný|Černý|Procházka|Kučera|Veselý|Jiří|Tomáš|Lukáš|Ondřej|Zdeněk|Kateřina|Děčín|Příbram|Třebíč|Žďár|Přerov|Říčany|půl roku|účet',
  ),
  Hungarian: split(
    'Győr|Székesfehérvár|Kecskemét|Nyíregyháza|Szombathely út|Pécs|Érd|Tatabánya|Békéscsaba|László|Kovács|Szőke|Tóth|Szűcs|Horváth|Gergő|Erzsébet|Hódmezővásárhely|Dunaújváros|Fülöp|Zsófia|Köszönöm|Erdő|Mező',
  ),
  Russian: split(
    'Москва|Санкт-Петербург|Новосибирск|Екатеринбург|Иванов Пётр|Казань|Челябинск|Омск|Самара|Ростов-на-Дону|Уфа|Красноярск|Пермь|Воронеж|Волгоград|Сидорова Анна|Кузнецов|улица Ленина|дом|Сумма|Адрес доставки|Цена|Количество|Щёлково',
  ),
  Greek: split(
    'Αθήνα|Θεσσαλονίκη|Πάτρα|Ηράκλειο|Λάρισα|Βόλος|Ιωάννινα|Χανιά|Γιώργος|Παπαδόπουλος|Μαρία|Κωνσταντίνος|Ελένη|Δημήτρης|Καλαμάτα|Ρόδος|Σέρρες|οδός|τηλέφωνο|διεύθυνση|ποσό|Ξάνθη|Καβάλα|Λαμία',
  ),
  Turkish: split(
    'İstanbul|İzmir|Şanlıurfa|Diyarbakır|Eskişehir|Muğla|Çanakkale|Kırıkkale|Ağrı|Balıkesir|Kütahya|Ayşe|Yılmaz|Öztürk|Şahin|Doğan|Kılıç|Aydın|Gümüşhane|Uşak|Iğdır|Çelik|Yıldırım|Güneş',
  ),
  Japanese: split(
    '東京都|大阪府|京都市|名古屋市|横浜市|神戸|札幌市中央区|福岡県|田中太郎|鈴木一郎|佐藤花子|高橋美咲|渡辺健|伊藤さくら|山本商店|株式会社ソニー|トヨタ自動車|りんご|コーヒー豆|お茶|営業部|経理課|数量|備考なし|渋谷区神南|小林製薬',
  ),
  Korean: split(
    '서울특별시|부산광역시|대구|인천광역시|광주|대전|울산|경기도 수원시|강남구 역삼동|김민수|이영희|박지훈|최수진|정다은|삼성전자|현대자동차|주소|전화번호|수량|비고 없음|제주도|한라산|홍길동|영업부',
  ),
  Simplified: split(
    '北京市|上海市|广州市|深圳市南山区|成都|杭州西湖区|武汉|西安|重庆|南京|天津市|苏州|王小明|李娜|张伟|刘洋|陈静|杨帆|有限公司|联系电话|客户名称|数量|备注|订单编号|中华人民共和国',
  ),
  Traditional: split(
    '臺北市|高雄市|臺中市西屯區|新北市板橋區|桃園市|臺南市|嘉義縣|花蓮縣|陳怡君|林志明|黃淑芬|張家豪|李美玲|王建國|吳佩珊|股份有限公司|聯絡電話|客戶名稱|數量|備註|訂單編號|中華民國|忠孝東路四段|彰化縣',
  ),
  Ukrainian: split(
    'Київ|Харків|Львів|Дніпро|Запоріжжя|Вінниця|Чернівці|Івано-Франківськ|Тернопіль|Рівне|Шевченко|Ковальчук|Бондаренко Олена|Ткаченко|вулиця Хрещатик|Кількість|Ціна|Їжакевич|Євген|місто',
  ),
  Hebrew: split(
    'ירושלים|תל אביב|חיפה|באר שבע|ראשון לציון|פתח תקווה|נתניה|אשדוד|כהן|לוי|מזרחי|דוד|שרה|יוסף|רחוב הרצל|כתובת|טלפון|סכום|כמות|הערות',
  ),
  Arabic: split(
    'القاهرة|الإسكندرية|الرياض|جدة|دبي|بغداد|دمشق|عمان|محمد أحمد|فاطمة|خالد|عبد الله|شارع النيل|العنوان|الهاتف|المبلغ|الكمية|ملاحظات|تونس|الدار البيضاء',
  ),
  Thai: split(
    'กรุงเทพมหานคร|เชียงใหม่|ภูเก็ต|ขอนแก่น|นครราชสีมา|สมชาย|สมหญิง|ใจดี|ถนนสุขุมวิท|ที่อยู่|โทรศัพท์|จำนวน|ราคา|หมายเหตุ|อุดรธานี|ชลบุรี|ระยอง|พัทยา|หาดใหญ่|บริษัท',
  ),
  Lithuanian: split(
    'Klaipėda|Šiauliai|Panevėžys|Marijampolė|Mažeikiai|Jonava gatvė|Utena|Kėdainiai|Telšiai|Tauragė|Ukmergė|Visaginas|Plungė|Kretinga žmonės|Šilutė|Jūratė|Mindaugas Žukauskas|kiekis vnt.|suma eurų|Vytautė|Birutė|ąžuolas|įmonė|čia',
  ),
  Romanian: split(
    'București|Iași|Timișoara|Constanța|Brașov|Galați|Ploiești|Brăila|Pitești|Târgu Mureș|Bacău|Ștefan|Țăran|Andrei Pârvu|număr|sumă|județ|străzi|îmbrăcăminte|Câmpina|Bistrița|Rădăuți',
  ).map((text) => text.replace(/[șțȘȚ]/g, (one) => 'şţŞŢ'['șțȘȚ'.indexOf(one)]!)),
};

/** A table with the cells beside ASCII ones. */
export function tableOf(cells: readonly string[], delimiter = ','): string {
  const header = ['id', 'name', 'date', 'amount', 'note'].join(delimiter);
  const rows = cells.map((cell, i) =>
    [100 + i, `"${cell}"`, `2024-0${(i % 9) + 1}-1${i % 7}`, (i * 13.75).toFixed(2), 'ok'].join(
      delimiter,
    ),
  );
  return `${[header, ...rows].join('\r\n')}\r\n`;
}

function split(text: string): string[] {
  return text.split('|');
}
