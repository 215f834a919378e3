import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { ask, type Session } from '../api';
import { t } from '../lang';

// Signs in; or, with a one-time link's token, makes the person first.
export default function SignIn({ token, done }: { token?: string; done: (session: Session) => void }) {
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async ({ name, password }: { name: string; password: string }) => {
    setBusy(true);
    setError(undefined);
    try {
      done(
        token
          ? await ask<Session>('/setup', 'POST', { token, name, password })
          : await ask<Session>('/session', 'POST', { name, password }),
      );
    } catch (problem) {
      setError((problem as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="sign-in">
      <h1>Destock 去库存</h1>
      <p>{token ? t('Choose a name and a password.', '请设置用户名与密码。') : t('Sign in to go on.', '请登录。')}</p>
      {error && <Alert type="error" showIcon title={error} role="alert" />}
      <Form layout="vertical" requiredMark={false} onFinish={(values: { name: string; password: string }) => void send(values)}>
        <Form.Item name="name" label={t('Name', '用户名')} rules={[{ required: true, message: t('A name is needed', '请填写用户名') }]}>
          <Input autoFocus autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('Password', '密码')}
          extra={token && t('10 characters or more', '至少 10 个字符')}
          rules={[{ required: true, min: token ? 10 : 1, message: t('Too short', '过短') }]}
        >
          <Input.Password autoComplete={token ? 'new-password' : 'current-password'} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {token ? t('Begin', '开始') : t('Sign in', '登录')}
        </Button>
      </Form>
      {!token && (
        <p className="hint">
          {t('The first sign-in has a link of its own: destock serve prints it.', '首次登录请使用 destock serve 打印的一次性链接。')}
        </p>
      )}
    </main>
  );
}
