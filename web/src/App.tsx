import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { Button, ConfigProvider, Skeleton, theme } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { ask, Problem, type Session, setCsrf } from './api';
import { DeskContext } from './hooks';
import { type Lang, lang, setLang, t } from './lang';
import Guard from './parts/Guard';
import { Failed } from './parts/Parts';
import { tellProblem } from './parts/tell';
import Week from './screens/Week';

const Overview = lazy(() => import('./screens/Overview'));
const Review = lazy(() => import('./screens/Review'));
const Inventory = lazy(() => import('./screens/Inventory'));
const Sku = lazy(() => import('./screens/Sku'));
const Plan = lazy(() => import('./screens/Plan'));
const Restock = lazy(() => import('./screens/Restock'));
const Import = lazy(() => import('./screens/Import'));
const Settings = lazy(() => import('./screens/Settings'));
const SignIn = lazy(() => import('./screens/SignIn'));

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: (count, error) => !(error instanceof Problem) && count < 2 } },
});
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content;

const screens = (): [string, string][] => [
  ['/', t('This week', '本周任务')],
  ['/overview', t('Overview', '总览')],
  ['/inventory', t('Inventory', '库存')],
  ['/plan', t('Plan', '方案')],
  ['/review', t('Review', '复盘')],
  ['/restock', t('Restock', '补货')],
  ['/import', t('Import', '导入')],
  ['/settings', t('Settings', '设置')],
];

// One SKU is of the inventory.
const isHere = (to: string, path: string): boolean => path === to || (to === '/inventory' && path.startsWith('/sku/'));

function Head({
  session,
  account,
  setAccount,
  dark,
  setDark,
  change,
  leave,
}: {
  session: Session;
  account: number;
  setAccount: (id: number) => void;
  dark: boolean;
  setDark: (dark: boolean) => void;
  change: (lang: Lang) => void;
  leave: () => void;
}) {
  const [path] = useLocation();
  return (
    <div className="head">
      <b className="brand">Destock 去库存</b>
      <nav aria-label={t('Screens', '页面')}>
        {screens().map(([to, name]) => (
          <Link key={to} href={to} className={isHere(to, path) ? 'here' : ''} aria-current={isHere(to, path) ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <span className="grow" />
      <select aria-label={t('Account', '账户')} value={account} onChange={(e) => setAccount(Number(e.target.value))} className="account">
        {session.accounts.map((a) => (
          <option key={a.id} value={a.id}>
            {a.name}
          </option>
        ))}
      </select>
      <Button size="small" onClick={() => change(lang() === 'zh' ? 'en' : 'zh')}>
        {lang() === 'zh' ? 'English' : '中文'}
      </Button>
      <Button size="small" onClick={() => setDark(!dark)} aria-pressed={dark}>
        {dark ? t('Light', '浅色') : t('Dark', '深色')}
      </Button>
      <Button size="small" onClick={leave}>
        {t(`Sign out ${session.name}`, `退出 ${session.name}`)}
      </Button>
    </div>
  );
}

function Signed({
  session,
  dark,
  setDark,
  change,
  leave,
}: {
  session: Session;
  dark: boolean;
  setDark: (dark: boolean) => void;
  change: (lang: Lang) => void;
  leave: () => void;
}) {
  const kept = Number(localStorage.getItem('destock.account'));
  const first = session.accounts.find((a) => a.id === kept)?.id ?? session.accounts[0]?.id ?? 0;
  const [account, choose] = useState(first);
  const setAccount = (id: number) => {
    localStorage.setItem('destock.account', String(id));
    choose(id);
  };
  const [path] = useLocation();
  const desk = useMemo(() => ({ session, account, dark }), [session, account, dark]);
  return (
    <DeskContext.Provider value={desk}>
      <a className="skip" href="#main">
        {t('To the content', '跳至内容')}
      </a>
      <Head {...{ session, account, setAccount, dark, setDark, change, leave }} />
      <main id="main" key={account}>
        {session.accounts.length === 0 ? (
          <FirstAccount session={session} />
        ) : (
          <Guard key={path}>
            <Suspense fallback={<Skeleton active />}>
              <Switch>
                <Route path="/" component={Week} />
                <Route path="/overview" component={Overview} />
                <Route path="/review" component={Review} />
                <Route path="/inventory" component={Inventory} />
                <Route path="/sku/:marketplace/:sku">
                  {(p) => <Sku marketplace={decodeURIComponent(p.marketplace)} sku={decodeURIComponent(p.sku)} />}
                </Route>
                <Route path="/plan" component={Plan} />
                <Route path="/restock" component={Restock} />
                <Route path="/import" component={Import} />
                <Route path="/settings" component={Settings} />
                <Route>
                  <Redirect to="/" />
                </Route>
              </Switch>
            </Suspense>
          </Guard>
        )}
      </main>
    </DeskContext.Provider>
  );
}

function FirstAccount({ session }: { session: Session }) {
  const make = async () => {
    try {
      await ask('/accounts', 'POST', { name: 'default' });
      window.location.reload();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return session.role === 'owner' ? (
    <p>
      {t('There is no account yet.', '尚无账户。')} <Button onClick={() => void make()}>{t('Make an account', '创建账户')}</Button>
    </p>
  ) : (
    <p>{t('No account is open to you yet: ask an owner.', '暂无可见账户：请联系所有者。')}</p>
  );
}

function Gate({ dark, setDark, change }: { dark: boolean; setDark: (dark: boolean) => void; change: (lang: Lang) => void }) {
  const session = useQuery({ queryKey: ['session'], queryFn: () => ask<Session>('/session'), staleTime: Infinity });
  const [path, go] = useLocation();
  if (session.error) return <Failed error={session.error} retry={() => void session.refetch()} />;
  if (!session.data) return <Skeleton active />;
  const done = (made: Session) => {
    setCsrf(made.csrf);
    client.setQueryData(['session'], made);
    if (path === '/setup') go('/', { replace: true });
  };
  if (session.data.name === null || path === '/setup')
    return (
      <Suspense fallback={<Skeleton active />}>
        <SignIn token={path === '/setup' ? window.location.hash.slice(1) : undefined} done={done} />
      </Suspense>
    );
  setCsrf(session.data.csrf);
  const leave = async () => {
    try {
      await ask('/session', 'DELETE');
      client.clear();
      window.location.assign('/');
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return <Signed session={session.data} dark={dark} setDark={setDark} change={change} leave={() => void leave()} />;
}

export default function App() {
  const [now, setNow] = useState<Lang>(lang());
  const [dark, setDark] = useState(
    () => (localStorage.getItem('destock.dark') ?? String(matchMedia('(prefers-color-scheme: dark)').matches)) === 'true',
  );
  useEffect(() => {
    localStorage.setItem('destock.dark', String(dark));
    document.documentElement.classList.toggle('dark', dark);
  }, [dark]);
  const change = (wanted: Lang) => {
    setLang(wanted);
    setNow(wanted);
  };
  return (
    <ConfigProvider
      csp={{ nonce }}
      locale={now === 'zh' ? zhCN : undefined}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          colorPrimary: dark ? '#1f7ae0' : '#0b5cad',
          borderRadius: 4,
          motion: false,
          colorTextPlaceholder: dark ? '#a6a6a6' : '#666666',
          colorTextDescription: dark ? '#b0b0b0' : '#595959',
          colorTextTertiary: dark ? '#b0b0b0' : '#595959',
          colorTextSecondary: dark ? '#c2c2c2' : '#4a4a4a',
          colorLink: dark ? '#78b4ff' : '#0b5cad',
        },
      }}
    >
      <QueryClientProvider client={client}>
        <Gate key={now} dark={dark} setDark={setDark} change={change} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
