// The actions of a line, one under the other; where it is known, what their units are made of.
import { Tag, Timeline } from 'antd';
import { type Action } from '../api';
import { money, number, share } from '../format';
import { lang, t } from '../lang';

export function channelName(id: string, names?: Record<string, string>): string {
  if (id === 'sell') return t('regular price', '原价');
  return names?.[id] ?? (id === 'markdown' ? t('price cut', '降价') : id);
}

// 41 = 18.4 × 1.50 × 1.45: the forecast, what the price makes of it, what the channel adds.
function Factors({ action }: { action: Action }) {
  const of = action.factors;
  if (!of || action.expected_units === null) return null;
  const times = (value: number) => number(value, lang(), 2);
  const rest = Math.abs(of.rest - 1) > 0.03;
  return (
    <div className="hint">
      {t(
        `${number(action.expected_units, 'en', 1)} units = ${number(of.base, 'en', 1)} forecast at today’s price × ${times(of.price)} for the price`,
        `${number(action.expected_units, 'zh', 1)} 件 = 按现价预测 ${number(of.base, 'zh', 1)} 件 × 价格 ${times(of.price)}`,
      )}
      {of.placement_says && t(` × ${times(of.placement)} for the placement`, ` × 活动曝光 ${times(of.placement)}`)}
      {rest && t(` × ${times(of.rest)} for stock that runs out and what was learned here`, ` × 库存不足与本账户经验 ${times(of.rest)}`)}
      {of.guess && (
        <Tag color="orange" className="guess">
          {t('the placement is the house’s guess', '曝光倍数为本系统估计')}
        </Tag>
      )}
    </div>
  );
}

// Why a price goes up again, in a word; a seller expects prices that only fall.
function Rises({ actions }: { actions: Action[] }) {
  const prices = actions.filter((a) => a.price && a.units_out === 0).map((a) => Number(a.price!.amount));
  if (!prices.some((price, i) => i > 0 && price > prices[i - 1]! * 1.001)) return null;
  return (
    <p className="hint">
      {t(
        'The price rises again on purpose: once enough is sold, what is left sells well enough dearer, and storage or a surcharge presses no more. Where prices should only fall, say so under “Prices only fall”: it costs what the preview shows.',
        '价格回升是有意安排：售出足够后，剩余库存可以更高价售完，仓储与附加费压力也已减轻。若要求只降不升，请勾选“价格只降不升”，预览会显示少回款多少。',
      )}
    </p>
  );
}

export function Steps({ actions, names, short }: { actions: Action[]; names?: Record<string, string>; short?: boolean }) {
  if (actions.length === 0) return <p>{t('Keep the price; nothing to do.', '维持原价，无需动作。')}</p>;
  return (
    <>
      <Rises actions={actions} />
      <Timeline
        className="steps"
        items={actions.map((a) => ({
          content: (
            <div>
              <b>
                {a.start} – {a.end}
              </b>{' '}
              {channelName(a.channel, names)} {a.price && money(a.price, lang())}{' '}
              {a.discount !== null && a.discount > 0 && <Tag>{share(-a.discount, lang())}</Tag>}
              {a.units_out > 0 && t(` ${number(a.units_out, 'en')} units out`, ` ${number(a.units_out, 'zh')} 件`)}
              <div className="hint">
                {a.reason}
                {a.expected_cash && ` · ${money(a.expected_cash, lang(), true)}`}
              </div>
              {!short && <Factors action={a} />}
              {!short &&
                a.checks.map((c) => (
                  <div key={c} className="check">
                    ? {c}
                  </div>
                ))}
            </div>
          ),
        }))}
      />
    </>
  );
}
