// The week on paper: one page an owner, by programme, with where to click and boxes to tick.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { byOwner, type OwnerList, type Todo, type TodoAction } from '../desk';
import { money, number } from '../format';
import { lang, t } from '../lang';

const onAPage = 20;

// Whether the page is being printed, whoever asked for it.
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(() => window.matchMedia('print').matches);
  useEffect(() => {
    const paper = window.matchMedia('print');
    const set = (on: boolean) => flushSync(() => setPrinting(on));
    const begin = () => set(true);
    const end = () => set(false);
    const change = (event: MediaQueryListEvent) => set(event.matches);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    paper.addEventListener('change', change);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
      paper.removeEventListener('change', change);
    };
  }, []);
  return printing;
}

const openChecks = (action: TodoAction): string[] => action.checks.filter((check) => !check.checked).map((check) => check.text);

// What is to be checked of each of them is said once, above.
function common(actions: TodoAction[]): string[] {
  const [first, ...others] = actions.map(openChecks);
  return (first ?? []).filter((text) => others.every((list) => list.includes(text)));
}

function Line({ action, shared }: { action: TodoAction; shared: string[] }) {
  const open = openChecks(action).filter((text) => !shared.includes(text));
  return (
    <tr>
      <td className="box">☐</td>
      <td>
        <b>{action.sku}</b> {action.title}
        <div className="hint">
          {action.id}
          {action.asin && ` · ${action.link?.replace('https://www.', '') ?? action.asin}`}
        </div>
      </td>
      <td className="right">
        {action.leaves
          ? t(`${number(Math.round(action.units ?? 0), 'en')} leave`, `处置 ${number(Math.round(action.units ?? 0), 'zh')} 件`)
          : action.price
            ? money(action.price, lang())
            : '–'}
        {!action.leaves && action.price_now && (
          <div className="hint">{t(`now ${action.price_now.amount}`, `现价 ${action.price_now.amount}`)}</div>
        )}
      </td>
      <td>
        {action.from === action.to ? action.from : `${action.from} – ${action.to}`}
        {action.by !== action.from && <div className="hint">{t(`by ${action.by}`, `最晚 ${action.by}`)}</div>}
      </td>
      <td className="right">{action.gain ? money(action.gain, lang(), true) : '–'}</td>
      <td className="small">
        {shared.length > 0 && '☐ '}
        {open.map((text) => (
          <div key={text}>☐ {text}</div>
        ))}
      </td>
    </tr>
  );
}

// A4 within its margins, in millimetres and in pixels of 96 an inch; a little is kept for what printers round.
const paperWidth = 190;
const paperHeight = (270 / 25.4) * 96;

// What is taller than a page is drawn smaller, and as much wider.
function useOnePage() {
  const paper = useRef<HTMLElement>(null);
  const [zoom, setZoom] = useState(1);
  useLayoutEffect(() => {
    const tall = paper.current?.scrollHeight ?? 0;
    if (tall > paperHeight) setZoom(Math.max(0.4, paperHeight / tall));
  }, []);
  return { paper, style: { width: `${paperWidth / zoom}mm`, zoom } };
}

function Page({ of, list }: { of: OwnerList; list: Todo }) {
  const { paper, style } = useOnePage();
  return (
    <section className="paper" ref={paper} style={style}>
      <h1>
        {t(`Week of ${list.week}`, `${list.week} 当周清单`)} · {of.owner || t('no owner', '无负责人')}
      </h1>
      {of.groups.map((group) => (
        <table key={group.key} className="plain monday">
          <caption>
            <b>{group.name}</b> <span className="small">{group.screen}</span>
            {common(group.actions).length > 0 && (
              <div className="small">
                {t('Check for each: ', '逐项核对：')}
                {common(group.actions).join(t(' · ', '；'))}
              </div>
            )}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('Done', '完成')}</th>
              <th scope="col">SKU</th>
              <th scope="col" className="right">
                {t('Do', '操作')}
              </th>
              <th scope="col">{t('Days', '日期')}</th>
              <th scope="col" className="right">
                {t('Gain', '比不动多回款')}
              </th>
              <th scope="col">{t('Checked', '已核对')}</th>
            </tr>
          </thead>
          <tbody>
            {group.actions.map((action) => (
              <Line key={action.id} action={action} shared={common(group.actions)} />
            ))}
          </tbody>
        </table>
      ))}
      {of.more > 0 && <p className="small">{t(`${of.more} more with less gain: on the screen`, `另有 ${of.more} 项多回款较少：见系统`)}</p>}
    </section>
  );
}

export default function MondayList({ list }: { list: Todo }) {
  return (
    <>
      {byOwner(list.actions, onAPage).map((one) => (
        <Page key={one.owner} of={one} list={list} />
      ))}
    </>
  );
}
