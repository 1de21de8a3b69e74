/** Who has written to the shop this morning, the newest last, and what became of it. */
export interface Caller {
  /** As the shop knows them. */
  id: string;
  givenName: string;
  surname: string;
  text: string;
  /** Since how many minutes it waits. */
  minutes: number;
  by?: 'Kim' | 'Lou';
  tags?: string[];
  /** Answered so, and closed. */
  answer?: string;
}

export const callers: Caller[] = [
  { id: 'mateusz', givenName: 'Mateusz', surname: 'Wiśniewski', text: 'Can I still add a pot to order 4688?', minutes: 241, by: 'Lou', tags: ['order'], answer: 'It is in, Mateusz. One parcel, one postage.' },
  { id: 'charlotte', givenName: 'Charlotte', surname: 'Dubois', text: 'Merci pour les graines !', minutes: 214, by: 'Kim', answer: 'Avec plaisir, Charlotte !' },
  { id: 'jiwoo', givenName: '지우', surname: '김', text: '주문을 취소하고 싶어요.', minutes: 187, by: 'Lou', tags: ['order'], answer: '취소해 드렸습니다.' },
  { id: 'seun', givenName: 'Oluwaseun', surname: 'Adeyemi', text: 'The voucher SPRING does not work.', minutes: 168, by: 'Kim', tags: ['voucher'], answer: 'It does again. Sorry for the trouble!' },
  { id: 'ines', givenName: 'Ines', surname: 'Moreau', text: 'Do you deliver on Saturdays?', minutes: 74, tags: ['delivery'] },
  { id: 'jun', givenName: 'Jun', surname: 'Sato', text: '鉢のサイズを教えてください。', minutes: 41 },
  { id: 'chidi', givenName: 'Chidi', surname: 'Okafor', text: 'The box was open when it came. The pot is fine, the fern is not.', minutes: 26, by: 'Lou', tags: ['order'] },
  { id: 'sebnem', givenName: 'Şebnem', surname: 'Yıldırım', text: 'İade için etiket gönderir misiniz?', minutes: 19 },
  { id: 'fatima', givenName: 'Fatima', surname: 'al-Zahra', text: 'Can I pick up my order at the shop?', minutes: 12, tags: ['delivery'] },
  { id: 'joerg', givenName: 'Jörg', surname: 'Großmann', text: 'Wann ist die Olive wieder da?', minutes: 9 },
  { id: 'ben', givenName: 'Ben', surname: 'Larsen', text: 'Is the soil in the offer good for cacti, too?', minutes: 5, by: 'Kim' },
  { id: 'ana', givenName: 'Ana', surname: 'Almeida', text: 'Hi! My monstera gets yellow leaves. Is it ill?', minutes: 2 },
];
