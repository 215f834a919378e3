// What an account sets for itself: rules of the playbook, channels, price endings, base currency; the shipped value
// beside each.
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Select, Space, Switch } from 'antd';
import { useState } from 'react';
import { ask, type Ending, type Setting, type Settings } from '../api';
import { useAccount, useDesk } from '../hooks';
import { lang, t } from '../lang';
import Card from '../parts/Card';
import { tell, tellProblem } from '../parts/tell';
import { Loaded } from '../parts/Parts';
import Plain from '../parts/Plain';
import { readTyped, same, typed } from '../rules';

const units = (): Record<Setting['unit'], string> => ({
  share: '%',
  months: t('months', '个月'),
  times: '×',
  number: '',
  units: t('units', '件'),
  days: t('days', '天'),
  weeks: t('weeks', '周'),
});
const endings: Record<Ending, [string, string]> = {
  'x.x9': ['20.69: the last digit a 9', '20.69：末位为 9'],
  'x.99': ['20.99', '20.99'],
  none: ['20.73: any', '20.73：不限'],
  x8: ['1,980: whole, ending in 8 or 0', '1,980：整数，末位 8 或 0'],
};

function useSave() {
  const { account } = useDesk();
  const client = useQueryClient();
  return async (change: object): Promise<boolean> => {
    try {
      await ask(`/accounts/${account}/settings`, 'PATCH', change);
      await client.invalidateQueries({ queryKey: ['account', account] });
      tell(t('Kept. The next plan goes by it.', '已保存，下次生成方案时生效。'));
      return true;
    } catch (problem) {
      tellProblem(problem);
      return false;
    }
  };
}

function Rules({ rules, may }: { rules: Setting[]; may: boolean }) {
  const save = useSave();
  const [edits, setEdits] = useState<Record<string, string>>({});
  const [words, setWords] = useState('');
  const shown = (rule: Setting) => edits[rule.id] ?? typed(rule.value, rule.unit);
  const value = (rule: Setting) => readTyped(shown(rule), rule.unit, Array.isArray(rule.value));
  const changed = rules.filter((rule) => edits[rule.id] !== undefined && !same(value(rule) ?? Number.NaN, rule.value));
  const wrong = changed.some((rule) => value(rule) === null);
  const keep = async () => {
    const change = Object.fromEntries(changed.map((rule) => [rule.id, same(value(rule)!, rule.default) ? null : value(rule)]));
    if (await save({ rules: change })) setEdits({});
  };
  const found = rules.filter((rule) => `${rule.group} ${rule.name} ${rule.id}`.toLowerCase().includes(words.toLowerCase()));
  const rows = found.map((rule, i) => ({ rule, first: i === 0 || found[i - 1]!.group !== rule.group }));
  return (
    <Card
      title={t('Rules of the playbook', '清仓规则')}
      extra={
        <Space wrap>
          <Input
            className="words"
            allowClear
            aria-label={t('Search rules', '搜索规则')}
            placeholder={t('outlet, capital…', '奥特莱斯、资金成本…')}
            value={words}
            onChange={(e) => setWords(e.target.value)}
          />
          {may && (
            <>
              <Button disabled={changed.length === 0} onClick={() => setEdits({})}>
                {t('Undo', '撤销')}
              </Button>
              <Button type="primary" disabled={changed.length === 0 || wrong} onClick={() => void keep()}>
                {t('Keep rules', '保存规则')}
                {changed.length > 0 && ` (${changed.length})`}
              </Button>
            </>
          )}
        </Space>
      }
    >
      <div className="rules">
        <Plain
          rows={rows}
          id={({ rule }) => rule.id}
          columns={[
            { head: t('For', '用于'), cell: ({ rule, first }) => (first ? <b>{rule.group}</b> : '') },
            { head: t('Rule', '规则'), cell: ({ rule }) => <span title={rule.id}>{rule.name}</span> },
            {
              head: t('Value', '取值'),
              right: true,
              cell: ({ rule }) =>
                may ? (
                  <Input
                    size="small"
                    className="rule"
                    status={value(rule) === null ? 'error' : undefined}
                    inputMode="decimal"
                    aria-label={`${rule.group}: ${rule.name}`}
                    aria-invalid={value(rule) === null}
                    value={shown(rule)}
                    suffix={units()[rule.unit]}
                    onChange={(e) => setEdits({ ...edits, [rule.id]: e.target.value })}
                  />
                ) : (
                  `${shown(rule)} ${units()[rule.unit]}`
                ),
            },
            {
              head: t('As shipped', '默认值'),
              right: true,
              cell: ({ rule }) => {
                const text = `${typed(rule.default, rule.unit)} ${units()[rule.unit]}`;
                const differs = value(rule) === null || !same(value(rule)!, rule.default);
                return differs && may ? (
                  <Button
                    size="small"
                    type="link"
                    aria-label={t(`${rule.name}: back to ${text}`, `${rule.name}：重置为 ${text}`)}
                    onClick={() => setEdits({ ...edits, [rule.id]: typed(rule.default, rule.unit) })}
                  >
                    ↺ {text}
                  </Button>
                ) : (
                  text
                );
              },
            },
          ]}
        />
      </div>
    </Card>
  );
}

function Channels({ settings, may }: { settings: Settings; may: boolean }) {
  const save = useSave();
  return (
    <Card className="whole" title={t('Channels', '渠道')}>
      <Plain
        rows={settings.channels}
        id={(c) => c.id}
        columns={[
          {
            head: t('In use', '启用'),
            cell: (c) => (
              <Switch
                size="small"
                disabled={!may}
                checked={c.on}
                aria-label={t(`Use ${c.name}`, `启用${c.name}`)}
                onChange={(on) => void save({ channels: { [c.id]: on } })}
              />
            ),
          },
          {
            head: t('Amazon offers it', '亚马逊已邀请'),
            cell: (c) =>
              c.needs_offer ? (
                <Switch
                  size="small"
                  disabled={!may || !c.on}
                  checked={c.offered}
                  aria-label={t(`${c.name} is offered`, `${c.name}已获邀请`)}
                  onChange={(on) => void save({ channels: { [c.id]: on ? 'offered' : true } })}
                />
              ) : (
                '–'
              ),
          },
          { head: t('Channel', '渠道'), cell: (c) => <span title={c.how}>{c.name}</span> },
          { head: t('Sites', '站点'), cell: (c) => (c.marketplaces.length === 0 ? t('all', '全部') : c.marketplaces.join(' ')) },
        ]}
      />
    </Card>
  );
}

function Programmes({ settings, may }: { settings: Settings; may: boolean }) {
  const save = useSave();
  return (
    <Card className="whole" title={t('Programmes that change a fee', '影响费用的计划')}>
      <Plain
        rows={settings.programmes}
        id={(p) => p.id}
        columns={[
          {
            head: t('Enrolled', '已加入'),
            cell: (p) => (
              <Switch
                size="small"
                disabled={!may}
                checked={p.on}
                aria-label={t(`In ${p.name}`, `已加入${p.name}`)}
                onChange={(on) => void save({ programmes: { [p.id]: on } })}
              />
            ),
          },
          { head: t('Programme', '计划'), cell: (p) => p.name },
          { head: t('Sites', '站点'), cell: (p) => p.marketplaces.join(' ') },
          {
            head: t('SKUs that stay out', '不参加的 SKU'),
            cell: (p) => (
              <Input
                size="small"
                key={p.without.join()}
                disabled={!may}
                defaultValue={p.without.join('; ')}
                placeholder="DE SKU-1; SKU-2"
                aria-label={t(`SKUs that stay out of ${p.name}`, `不参加${p.name}的 SKU`)}
                onBlur={(e) => {
                  const skus = e.target.value.split(';').flatMap((one) => one.trim() || []);
                  if (skus.join() !== p.without.join()) void save({ programmes_without: { [p.id]: skus } });
                }}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}

function Prices({ settings, may }: { settings: Settings; may: boolean }) {
  const save = useSave();
  const [base, setBase] = useState(settings.base_currency ?? '');
  const label = (ending: Ending) => endings[ending][lang() === 'zh' ? 1 : 0];
  const options = (Object.keys(endings) as Ending[]).map((value) => ({ value, label: label(value) }));
  return (
    <Card className="whole" title={t('Prices and currency', '价格与币种')}>
      <Plain
        rows={settings.price_endings}
        id={(e) => e.marketplace}
        columns={[
          { head: t('Site', '站点'), cell: (e) => `${e.marketplace} ${e.name}` },
          {
            head: t('Prices end as', '价格尾数'),
            cell: (e) =>
              may ? (
                <Select
                  size="small"
                  className="role"
                  aria-label={t(`Prices in ${e.name} end as`, `${e.name}价格尾数`)}
                  value={e.value}
                  options={options}
                  onChange={(value) => void save({ price_endings: { [e.marketplace]: value === e.default ? null : value } })}
                />
              ) : (
                label(e.value)
              ),
          },
          { head: t('As shipped', '默认值'), cell: (e) => (e.value === e.default ? '' : label(e.default)) },
        ]}
      />
      <Space wrap className="below">
        <label>
          {t('Account totals in', '账户合计币种')}{' '}
          <Input
            className="currency"
            maxLength={3}
            disabled={!may}
            value={base}
            placeholder={t('auto', '自动')}
            onChange={(e) => setBase(e.target.value.toUpperCase())}
            aria-label={t('Base currency', '本位币')}
          />
        </label>
        {may && (
          <Button disabled={base === (settings.base_currency ?? '')} onClick={() => void save({ base_currency: base || null })}>
            {t('Keep', '保存')}
          </Button>
        )}
      </Space>
    </Card>
  );
}

export default function AccountSettings() {
  const may = useDesk().session.role === 'owner';
  const query = useAccount<Settings>('/settings');
  return (
    <Loaded query={query}>
      {(settings) => (
        <>
          {settings.left_aside.map((text) => (
            <Alert key={text} type="warning" showIcon title={text} />
          ))}
          <Rules rules={settings.rules} may={may} />
          <div className="two">
            <Channels settings={settings} may={may} />
            <Programmes settings={settings} may={may} />
            <Prices key={settings.base_currency} settings={settings} may={may} />
          </div>
        </>
      )}
    </Loaded>
  );
}
