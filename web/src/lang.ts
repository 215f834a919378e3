// The two languages: a sentence is written with both, where it is used.
export type Lang = 'en' | 'zh';

let current: Lang = 'en';

export function startLang(): Lang {
  const kept = localStorage.getItem('destock.lang');
  const wanted = kept ?? navigator.language;
  setLang(wanted.startsWith('zh') ? 'zh' : 'en');
  return current;
}

export function setLang(lang: Lang): void {
  current = lang;
  localStorage.setItem('destock.lang', lang);
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
}

export const lang = (): Lang => current;
export const t = (en: string, zh: string): string => (current === 'zh' ? zh : en);
// Of a table of words, what an id is called; nothing where it has none.
export type Words = Record<string, [string, string]>;
export const said = (words: Words, id: string): string | undefined => {
  const found = words[id];
  return found && t(...found);
};
