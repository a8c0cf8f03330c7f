/** Which dialect is found in short samples, and where none is. */

import { describe, expect, test } from 'vitest';
import type { Sniffed, SniffGiven } from '../../src/sniff/sniff-plain.js';
import { sniffText } from './sniff-text.js';

type Case = readonly [
  name: string,
  text: string,
  expected: Partial<Sniffed>,
  given?: Partial<SniffGiven>,
];

const PLAIN: Partial<Sniffed> = {
  delimiter: ',',
  quote: '"',
  escape: null,
  recordEnd: 'lf',
  start: { offsetBytes: 0, line: 1 },
  headerRows: 1,
  footerStart: null,
};

const found: readonly Case[] = [
  ['commas', 'id,name,qty\n1,Ann,5\n2,Bob,6\n3,Cy,7\n', { isCertain: true }],
  ['semicolons', 'id;name;qty\n1;Ann;5\n2;Bob;6\n3;Cy;7\n', { delimiter: ';', isCertain: true }],
  ['tabs', 'id\tname\tqty\n1\tAnn\t5\n2\tBob\t6\n', { delimiter: '\t' }],
  ['bars', 'id|name|qty\n1|Ann|5\n2|Bob|6\n', { delimiter: '|' }],
  ['two rows of semicolons', 'a;b;c\n1;2;3\n', { delimiter: ';' }],
  ['two columns, two rows', 'name;age\nAnn;31\n', { delimiter: ';' }],
  ['one row of words', 'name;city;country\n', { delimiter: ';' }],
  [
    'decimal commas',
    '1,5;2,7;3,9\n2,5;3,1;4,4\n1,1;1,2;1,3\n8,5;2,6;5,5\n',
    { delimiter: ';', headerRows: 0 },
  ],
  [
    'decimal commas below names',
    'Name;Preis;Menge\nA;1,5;2\nB;2,75;3\nC;0,5;9\n',
    { delimiter: ';' },
  ],
  ['German thousands', 'Ort;Wert\nKöln;1.234,56\nBonn;2.000,00\nTrier;17,20\n', { delimiter: ';' }],
  [
    'commas in every text',
    'id;who;on\n1;Smith, John;2024-01-01\n2;Doe, Jane;2024-01-02\n3;Roe, Al;2024-01-03\n',
    { delimiter: ';' },
  ],
  ['semicolons in a text column', 'id,note,n\n1,foo; bar,2\n2,baz; qux,3\n3,a; b,4\n', {}],
  ['semicolon lists in quotes', 'id,tags,n\n1,"a;b;c",2\n2,"d;e;f",3\n3,"g;h;i",4\n', {}],
  ['bars in a text column', 'id,tags,n\n1,a|b,2\n2,c|d,3\n3,e|f,4\n', {}],
  [
    'date times and a number',
    '2024-01-01 12:30:00,5\n2024-01-01 12:31:00,6\n2024-01-01 12:32:00,7\n2024-01-01 12:33:00,7\n',
    { delimiter: ',', headerRows: 0 },
  ],
  [
    'date times in a tab file',
    'at\tn\n2024-01-01 12:30:00\t1,5\n2024-01-01 12:31:00\t2,5\n',
    { delimiter: '\t' },
  ],
  ['names of two words', 'name,age\nJohn Smith,42\nJane Roe,43\nAl Doe,44\n', {}],
  ['a spaced comma without quotes', 'id, name, qty\n1, Ann, 5\n2, Bob, 6\n', {}],
  ['spaces', 'name age city\nAnn 31 Rome\nBob 32 Oslo\nCy 33 Bern\n', { delimiter: ' ' }],
  [
    'spaces, quoted text',
    'id name qty\n1 "Ann Lee" 5\n2 "Bob Ray" 6\n3 "Cy Orr" 7\n',
    { delimiter: ' ' },
  ],
  [
    'spaces, numbers only',
    '1 2 3.5\n2 3 4.5\n3 4 1.5\n4 7 2.5\n',
    { delimiter: ' ', headerRows: 0 },
  ],
  [
    'colons',
    'root:x:0:0:root:/root:/bin/sh\nbin:x:1:1:bin:/bin:/bin/no\nsys:x:2:2:sys:/dev:/bin/no\nlp:x:7:7:lp:/lp:/bin/no\n',
    { delimiter: ':', headerRows: 0 },
  ],
  ['carets', 'id^name^qty\n1^Ann^5\n2^Bob^6\n3^Cy^7\n', { delimiter: '^' }],
  ['tildes', 'id~name~qty\n1~Ann~5\n2~Bob~6\n3~Cy~7\n', { delimiter: '~' }],
  ['two bars', 'id||name||qty\n1||Ann||5\n2||Bob||6\n3||Cy||7\n', { delimiter: '||' }],
  ['two semicolons', 'id;;name;;qty\n1;;Ann;;5\n2;;Bob;;6\n3;;Cy;;7\n', { delimiter: ';;' }],
  [
    'two colons',
    '1::1193::5::978300760\n1::661::3::978302109\n1::914::3::978301968\n2::34::4::978300275\n',
    { delimiter: '::', headerRows: 0 },
  ],
  ['an empty column between semicolons', 'a;;b\n1;;2\n3;x;4\n5;;6\n', { delimiter: ';' }],
  [
    'comma and space before quotes',
    '"id", "name, first", "qty"\n"1", "Lee, Ann", "5"\n"2", "Ray, Bob", "6"\n',
    { delimiter: ', ' },
  ],
  [
    'apostrophes as quotes',
    "id;name\n1;'Lee; Ann'\n2;'Ray; Bob'\n3;'Orr; Cy'\n",
    { delimiter: ';', quote: "'" },
  ],
  ['apostrophes around a column', "id,name,n\n1,'Ann',5\n2,'Bob',6\n3,'Cy',7\n", { quote: "'" }],
  ['apostrophes that start names', "id,name,n\n1,'t Hooft,5\n2,'s Gravenmade,6\n3,Bob,7\n", {}],
  ['one value in apostrophes', "id,name,n\n1,'Ann',5\n2,Bob,6\n3,Cy,7\n", {}],
  [
    'backslashes before quotes',
    'id,said,n\n1,"he \\"hi, you\\" said",5\n2,"a \\"b\\", c",6\n3,"x",7\n',
    { escape: '\\' },
  ],
  [
    'backslashes that end paths',
    'id,path,n\n1,"C:\\a\\",5\n2,"C:\\b\\",6\n3,"C:\\c",7\n',
    { escape: null },
  ],
  [
    'doubled quotes',
    'id,said,n\n1,"he ""hi, you"" said",5\n2,"a \\""b"", c",6\n3,"x",7\n',
    { escape: null },
  ],
  ['CRLF', 'id;name;qty\r\n1;Ann;5\r\n2;Bob;6\r\n', { delimiter: ';', recordEnd: 'lf' }],
  ['CR', 'id;name;qty\r1;Ann;5\r2;Bob;6\r', { delimiter: ';', recordEnd: 'cr' }],
  [
    'CR and one LF',
    'id,name,qty\r1,Ann,5\r2,Bob,6\n3,Cy,7\r4,Di,8\r5,Ed,9\r6,Flo,10\r',
    { recordEnd: 'cr' },
  ],
  [
    'CR in quoted cells',
    'id,note\n1,"a\rb\rc\rd"\n2,"a\rb\rc\rd"\n3,"e\rf\rg\rh"\n',
    { recordEnd: 'lf' },
  ],
  ['a byte order mark', '\ufeffid;name;qty\n1;Ann;5\n2;Bob;6\n', { delimiter: ';' }],
  [
    'the sep line',
    'sep=;\nname;note\nAnn;a,b\n',
    { delimiter: ';', start: { offsetBytes: 6, line: 2 } },
  ],
  [
    'the sep line, CRLF, mark',
    '\ufeffsep=|\r\na|b\r\n1|2\r\n',
    { delimiter: '|', start: { offsetBytes: 10, line: 2 } },
  ],
  [
    'the sep line over one column',
    'sep=;\nname\nAnn\nBob\n',
    { delimiter: ';', start: { offsetBytes: 6, line: 2 } },
  ],
  [
    'a sep line that no line obeys',
    'sep=;\nid,name,qty\n1,Ann,5\n2,Bob,6\n3,Cy,7\n',
    { delimiter: ',', start: { offsetBytes: 6, line: 2 } },
  ],
  [
    'the sep line over decimal commas',
    'sep=;\nWert\n1,5\n2,5\n3,5\n',
    { delimiter: ';', start: { offsetBytes: 6, line: 2 } },
  ],
  [
    'spaces and decimal commas',
    'x y z\n1,5 2,25 3,0\n1,7 2,5 3,1\n1,9 2,7 3,3\n',
    { delimiter: ' ' },
  ],
  [
    'spaces and thousands',
    'qty kind paid\n3 new 7,611.42\n4 old 302.81\n58 old 6,527.09\n66 new 8,601.25\n',
    { delimiter: ' ' },
  ],
  [
    'colons and numbers',
    'x:y:z:m\n0.1:1.5:-3.2:12\n0.2:1.4:-3.1:14\n0.3:1.4:-2.9:13\n',
    { delimiter: ':' },
  ],
  [
    'colons and dates',
    'id:from:to:name\n1:2021-02-03:13/09/2024:Ann\n2:2021-02-04:14/09/2024:Bob\n3:2021-02-05:15/09/2024:Cy\n',
    { delimiter: ':' },
  ],
  [
    'colons that might part times',
    'name:uid:gid:home\nann:0:10:/a\nbob:34:34:/b\ncy:8:38:/c\ndi:33:33:/d\n',
    { delimiter: ':' },
  ],
  ['quoted newlines', 'id;text;n\n1;"a\nb;c\nd";5\n2;"e\nf";6\n3;"g";7\n', { delimiter: ';' }],
];

const damaged: readonly Case[] = [
  ['a delimiter too many', 'id;name;qty\n1;Ann;5\n2;Bo;b;6\n3;Cy;7\n4;Di;8\n', { delimiter: ';' }],
  ['a delimiter too few', 'id;name;qty\n1;Ann;5\n2 Bob;6\n3;Cy;7\n4;Di;8\n', { delimiter: ';' }],
  [
    'another delimiter in one row',
    'id;name;qty\n1;Ann;5\n2,Bob,6\n3;Cy;7\n4;Di;8\n',
    { delimiter: ';' },
  ],
  ['a quote never closed', 'id;name;qty\n1;Ann;5\n2;"Bob;6\n3;Cy;7\n4;Di;8\n', { delimiter: ';' }],
  ['a quote in the middle', 'id;name;qty\n1;Ann;5\n2;Bo"b;6\n3;Cy;7\n4;Di;8\n', { delimiter: ';' }],
  [
    'another line end in one row',
    'id;name;qty\n1;Ann;5\n2;Bob;6\r3;Cy;7\n4;Di;8\n5;Ed;9\n',
    { delimiter: ';', recordEnd: 'lf' },
  ],
  [
    'a quote never closed, backslashes',
    'id,text,qty\n1,"say \\"hi\\", then",3\n2,"a \\"b\\" c",4\n3,"plain,5\n4,"ends \\"so\\"",6\n5,"x \\"y\\" z",7\n',
    { escape: '\\' },
  ],
  ['a row cut short', 'id,name,qty,on\n1,Ann,5,x\n2\n3,Cy,7,y\n4,Di,8,z\n', {}],
];

const left: readonly Case[] = [
  ['nothing', '', {}],
  ['a byte order mark alone', '\ufeff', {}],
  ['one word', 'name', {}],
  ['blank lines', '\n\n\n', {}],
  ['a header', 'id,name,qty\n', {}],
  ['one record of numbers', '1,2,3\n', {}],
  [
    'one column of URLs with semicolons',
    'url\nhttp://a/x?y=1;z=2\nhttp://b/x?y=3;z=4\nhttp://c/x?y=5;z=6\n',
    {},
  ],
  ['one column of lists', 'all\na;b\nc;d\ne;f\ng;h\n', {}],
  ['one column of flags', 'all\nA|B\nC|D\nA|D\n', {}],
  ['one column of powers', 'f\na^2\nb^2\nc^3\nx^2\n', {}],
  ['one column of versions', 'v\n1.2~rc1\n1.2~rc2\n1.3~rc1\n', {}],
  ['one column of IPv6', 'ip\n2001:db8:0:1\n2001:db8:0:2\n2001:db8:0:3\n', {}],
  [
    'one column of times below its parts',
    'hh:mm:ss:ff\n12:30:00:01\n12:31:00:02\n12:32:00:03\n',
    {},
  ],
  ['a title over two columns of values', 'Title\na,b\n1,2\n2,3\n3,4\n', {}],
  ['one column of decimal commas', 'x\n1,5\n2,5\n3,75\n', { delimiter: '\t', isCertain: true }],
  ['one column of last names first', 'x\nBerg, Ann\nDorn, Carl\nFink, Eva\n', { delimiter: '\t' }],
  ['sentences of two parts', 'So, then\nIn time, he left\nAt dusk, it rained\nOn land, too\n', {}],
  ['one column of words', 'name\nAnn\nBob\nCy\n', { isCertain: true }],
  ['one column of numbers', 'n\n1\n2\n3\n4\n', { isCertain: true }],
  ['one column of times', '12:30:00\n12:31:00\n12:32:00\n12:33:00\n', {}],
  ['one column of numbers with spaces', '1 234 567\n2 345 678\n3 456 789\n4 567 890\n', {}],
  ['one column of dates', 'on\n2024-01-01 12:00\n2024-01-02 12:00\n2024-01-03 12:00\n', {}],
  ['one column of URLs', 'http://a.org/x\nhttp://b.org/y\nhttp://c.org/z\n', {}],
  ['names of two words alone', 'John Smith\nJane Roe\nAl Doe\nBo Lee\n', {}],
  [
    'prose',
    'It was late; the sun was gone.\nHe said: come.\nNobody came; nobody ever did, of course.\nThe end.\n',
    { isCertain: false },
  ],
  [
    'prose with commas',
    'In the town, where I was born,\nlived a man.\nHe told us, of his life, in the land,\nof submarines.\n',
    {},
  ],
  [
    'SQL',
    "INSERT INTO t (a, b) VALUES (1, 'x');\nINSERT INTO t (a, b) VALUES (2, 'y');\nINSERT INTO t (a, b) VALUES (3, 'z');\n",
    { isCertain: false },
  ],
  ['JSON lines', '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n{"a":3,"b":"z"}\n', { isCertain: false }],
  [
    'JSON lines with semicolons',
    '{"a":1,"b":"x;y"}\n{"a":2,"b":"y;z"}\n{"a":3,"b":"z;a"}\n',
    { isCertain: false },
  ],
  ['JSON', '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}\n', {}],
  [
    'a log',
    '2024-01-01 12:00:00 INFO started\n2024-01-01 12:00:01 WARN slow\n2024-01-01 12:00:02 INFO done\n2024-01-01 12:00:03 INFO bye\n',
    {},
  ],
  [
    'a web log',
    '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326\n127.0.0.1 - - [10/Oct/2000:13:55:37 -0700] "GET /a HTTP/1.0" 200 26\n127.0.0.1 - - [10/Oct/2000:13:55:38 -0700] "GET /b HTTP/1.0" 404 6\n',
    {},
  ],
  ['settings', 'host: a.org\nport: 80\nuser: ann\nmode: fast\n', {}],
  ['code', 'int a;\nint b;\nreturn a + b;\n', {}],
  ['XML', '<a x="1">\n  <b>1;2</b>\n  <b>3;4</b>\n</a>\n', {}],
  ['aligned columns', 'name   age  city\nAnn    31   Rome\nBobby  2    Oslo\n', {}],
  [
    'all-text commas',
    'name,city,land\nAnn,Rome,Italy\nBob,Oslo,Norway\nCy,Bern,Swiss\n',
    { isCertain: true },
  ],
];

const given: readonly Case[] = [
  ['a delimiter', 'a;b,c\n1;2,3\n2;3,4\n', { delimiter: ',' }, { delimiter: ',' }],
  ['a rare delimiter', 'a#b\n1#2\n2#3\n', { delimiter: '#', isCertain: true }, { delimiter: '#' }],
  ['a delimiter beyond ASCII', 'a¦b\n1¦2\n2¦3\n', { delimiter: '¦' }, { delimiter: '¦' }],
  [
    'a delimiter against the sep line',
    'sep=;\na,b\n1,2\n',
    { delimiter: ',', start: { offsetBytes: 6, line: 2 } },
    { delimiter: ',' },
  ],
  ['no quotes', 'a;b\n"1;2\n3;"4\n5;6\n', { delimiter: ';', quote: null }, { quote: null }],
  ['a quote', 'a;b\n$1$;2\n3;$4;5$\n5;6\n', { delimiter: ';', quote: '$' }, { quote: '$' }],
  ['an escape', 'a,b\n"x\\"y",2\n1,2\n', { escape: '\\' }, { escape: '\\' }],
  ['doubled quotes', 'a,b\n"x\\"y",2\n"\\"",2\n', { escape: null }, { escape: null }],
  ['header rows', 'a,b\n1,2\n', { headerRows: 3 }, { headerRows: 3 }],
  ['no header', 'a,b\n1,2\n', { headerRows: 0 }, { headerRows: 0 }],
  [
    'lines to skip',
    'x\ny;z\na;b;c\n1;2;3\n2;3;4\n',
    { delimiter: ';', start: { offsetBytes: 6, line: 3 } },
    { skipLines: 2 },
  ],
  ['no lines to skip', 'Title\n\na,b,c\n1,2,3\n2,3,4\n', {}, { skipLines: 0 }],
  [
    'the likely delimiter, a tab',
    'name\nAnn\nBob\n',
    { delimiter: '\t' },
    { likelyDelimiter: '\t' },
  ],
  [
    'a tab file of commas',
    'id,name,n\n1,Ann,3\n2,Bob,4\n',
    { delimiter: ',' },
    { likelyDelimiter: '\t' },
  ],
];

describe.each([
  ['finds', found],
  ['finds in spite of one damaged row', damaged],
  ['leaves as it is', left],
  ['takes as given', given],
])('sniffDialect %s', (_, cases) => {
  for (const [name, text, expected, options] of cases) {
    test(name, () => {
      expect(sniffText(text, options)).toMatchObject({ ...PLAIN, ...expected });
    });
  }
});
