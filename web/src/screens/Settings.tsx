import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Select, Space, Switch, Table } from 'antd';
import { useState } from 'react';
import { ask } from '../api';
import { useDesk } from '../hooks';
import { t } from '../lang';
import Accounts from '../parts/Accounts';
import Card from '../parts/Card';
import { tell, tellProblem } from '../parts/tell';
import DataTable from '../parts/DataTable';
import { Title } from '../parts/Parts';
import Plain from '../parts/Plain';
import { operation } from '../words';
import { moment, setZone, zone, type Zone, zoneName, zones } from '../zone';
import AccountSettings from './Rules';

interface Person {
  id: number;
  name: string;
  role: string;
  active: boolean;
  accounts: number[];
}
interface Token {
  id: number;
  name: string;
  role: string;
  created_at: string;
}
interface Entry {
  id: number;
  at: string;
  person: string;
  action: string;
  subject: string;
  detail: string;
}
const roles = () => [
  { value: 'viewer', label: t('viewer: looks', '只读') },
  { value: 'operator', label: t('operator: imports, plans, approves', '运营：导入、方案、批准') },
  { value: 'owner', label: t('owner: people and settings too', '所有者：含用户与设置') },
];

function useAct() {
  const client = useQueryClient();
  return async (work: () => Promise<unknown>) => {
    try {
      await work();
      await client.invalidateQueries({ queryKey: ['settings'] });
    } catch (problem) {
      tellProblem(problem);
    }
  };
}

function People() {
  const { session } = useDesk();
  const act = useAct();
  const people = useQuery({ queryKey: ['settings', 'people'], queryFn: () => ask<{ people: Person[] }>('/people') });
  const [role, setRole] = useState('operator');
  const [accounts, setAccounts] = useState<number[]>(session.accounts.map((a) => a.id));
  const [link, setLink] = useState<string>();
  const names = session.accounts.map((a) => ({ value: a.id, label: a.name }));
  return (
    <Card title={t('People', '用户')}>
      <Table
        size="small"
        pagination={false}
        scroll={{ x: true }}
        rowKey="id"
        dataSource={people.data?.people ?? []}
        columns={[
          { title: t('Name', '用户名'), dataIndex: 'name' },
          {
            title: t('Role', '角色'),
            render: (_, p) => (
              <Select
                size="small"
                className="role"
                aria-label={t(`Role of ${p.name}`, `${p.name} 的角色`)}
                value={p.role}
                options={roles()}
                onChange={(v) => void act(() => ask(`/people/${p.id}`, 'PATCH', { role: v }))}
              />
            ),
          },
          {
            title: t('Sees', '可见账户'),
            render: (_, p) =>
              p.role === 'owner' ? (
                t('all', '全部')
              ) : (
                <Select
                  size="small"
                  mode="multiple"
                  className="role"
                  aria-label={t(`Accounts of ${p.name}`, `${p.name} 可见账户`)}
                  value={p.accounts}
                  options={names}
                  onChange={(v) => void act(() => ask(`/people/${p.id}`, 'PATCH', { accounts: v }))}
                />
              ),
          },
          {
            title: t('Active', '启用'),
            render: (_, p) => (
              <Switch
                size="small"
                aria-label={t(`${p.name} is active`, `启用 ${p.name}`)}
                checked={p.active}
                onChange={(v) => void act(() => ask(`/people/${p.id}`, 'PATCH', { active: v }))}
              />
            ),
          },
        ]}
      />
      <Space wrap>
        <Select className="role" aria-label={t('Role', '角色')} value={role} onChange={setRole} options={roles()} />
        <Select
          className="role"
          mode="multiple"
          aria-label={t('Accounts', '账户')}
          value={accounts}
          onChange={setAccounts}
          options={names}
        />
        <Button
          onClick={() =>
            void act(async () =>
              setLink(window.location.origin + (await ask<{ path: string }>('/people', 'POST', { role, accounts })).path),
            )
          }
        >
          {t('Invite', '邀请')}
        </Button>
      </Space>
      {link && (
        <Alert
          type="success"
          title={t('Send this link; it serves once, for two days:', '请发送此链接，一次有效，两天内：')}
          description={<code className="link">{link}</code>}
        />
      )}
      {link && /^(localhost|127\.|\[::1\])/.test(window.location.hostname) && (
        <Alert
          type="warning"
          showIcon
          title={t(
            'This address is of this machine alone: no colleague can open it. Serve on an address of your network with TLS (destock serve --help), open the dashboard there and invite again.',
            '此地址仅本机可访问，同事无法打开。请在局域网地址启用 TLS 后运行（destock serve --help），从该地址打开后重新邀请。',
          )}
        />
      )}
    </Card>
  );
}

function Tokens() {
  const act = useAct();
  const tokens = useQuery({ queryKey: ['settings', 'tokens'], queryFn: () => ask<{ tokens: Token[] }>('/tokens') });
  const [name, setName] = useState('');
  const [role, setRole] = useState('viewer');
  const [secret, setSecret] = useState<string>();
  return (
    <Card title={t('API tokens', 'API 令牌')}>
      <Table
        size="small"
        pagination={false}
        rowKey="id"
        dataSource={tokens.data?.tokens ?? []}
        locale={{ emptyText: t('none', '无') }}
        columns={[
          { title: t('Name', '名称'), dataIndex: 'name' },
          { title: t('Role', '角色'), dataIndex: 'role' },
          { title: t('Made', '创建时间'), dataIndex: 'created_at' },
          {
            title: '',
            render: (_, k) => (
              <Button size="small" onClick={() => void act(() => ask(`/tokens/${k.id}`, 'DELETE'))}>
                {t('Remove', '删除')}
              </Button>
            ),
          },
        ]}
      />
      <Space wrap>
        <Input
          aria-label={t('Name of the token', '令牌名称')}
          placeholder={t('what it is for', '用途')}
          value={name}
          onChange={(e) => setName(e.target.value)}
        />
        <Select className="role" aria-label={t('Role of the token', '令牌角色')} value={role} onChange={setRole} options={roles()} />
        <Button
          disabled={!name}
          onClick={() => void act(async () => setSecret((await ask<{ token: string }>('/tokens', 'POST', { name, role })).token))}
        >
          {t('Make a token', '创建令牌')}
        </Button>
      </Space>
      {secret && (
        <Alert type="success" title={t('It is shown this once:', '仅显示一次：')} description={<code className="link">{secret}</code>} />
      )}
    </Card>
  );
}

function Password() {
  const [before, setBefore] = useState('');
  const [after, setAfter] = useState('');
  const change = async () => {
    try {
      await ask('/password', 'POST', { old: before, new: after });
      setBefore('');
      setAfter('');
      tell(t('Changed; other sessions have ended.', '已修改，其他会话已退出。'));
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <Card title={t('Password', '密码')}>
      <Space wrap>
        <Input.Password
          autoComplete="current-password"
          aria-label={t('Old password', '原密码')}
          placeholder={t('old', '原密码')}
          value={before}
          onChange={(e) => setBefore(e.target.value)}
        />
        <Input.Password
          autoComplete="new-password"
          aria-label={t('New password', '新密码')}
          placeholder={t('new', '新密码')}
          value={after}
          onChange={(e) => setAfter(e.target.value)}
        />
        <Button disabled={!before || after.length < 10} onClick={() => void change()}>
          {t('Change', '修改')}
        </Button>
      </Space>
    </Card>
  );
}

function Times() {
  const [chosen, choose] = useState(zone());
  return (
    <Card title={t('Times on this screen', '时间显示')}>
      <Select<Zone>
        className="role"
        aria-label={t('Time zone', '时区')}
        value={chosen}
        options={zones()}
        onChange={(next) => {
          setZone(next);
          choose(next);
        }}
      />
      <p className="hint">
        {t(
          'Of decisions, files and changes. Days of reports and plans are the marketplace’s.',
          '用于决策、文件与变更的时间；报告与方案的日期以站点当地为准。',
        )}
      </p>
    </Card>
  );
}

function Log() {
  const log = useQuery({ queryKey: ['settings', 'audit'], queryFn: () => ask<{ entries: Entry[] }>('/audit') });
  return (
    <Card title={t('What was changed', '变更记录')}>
      <Plain
        rows={log.data?.entries ?? []}
        id={(e) => String(e.id)}
        columns={[
          { head: t(`When (${zoneName()})`, `时间（${zoneName()}）`), cell: (e) => <span className="day">{moment(e.at)}</span> },
          { head: t('Who', '用户'), cell: (e) => e.person },
          { head: t('What', '操作'), cell: (e) => operation(e.action) },
          { head: t('Which', '对象'), cell: (e) => e.subject },
          { head: t('Detail', '详情'), cell: (e) => e.detail },
        ]}
      />
    </Card>
  );
}

export default function Settings() {
  const { session } = useDesk();
  const owner = session.role === 'owner';
  return (
    <>
      <Title text={t('Settings', '设置')} />
      <AccountSettings />
      {(owner || session.accounts.length > 1) && <Accounts />}
      {owner && <People />}
      <div className="two">
        <Tokens />
        <Password />
        <Times />
      </div>
      {owner && <Log />}
      <h2>{t('Facts: what is known, since when, how surely', '数据依据：内容、生效日期与可信度')}</h2>
      <DataTable table="facts" screen="facts" hint={t('Fact, source…', '内容、来源…')} />
    </>
  );
}
