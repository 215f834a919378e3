// What a fault in a screen leaves: words, and a way on, in place of an empty page.
import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { t } from '../lang';

export default class Guard extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};
  static getDerivedStateFromError(error: Error) {
    return { error };
  }
  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <section role="alert" className="card card-body">
        <h1>{t('This screen failed', '此页面出错')}</h1>
        <p>
          {t(
            'Nothing was changed. Loading it again mostly helps; if not, tell us what you did and this:',
            '未做任何更改。重新加载通常可恢复；若仍出错，请告知操作步骤与以下内容：',
          )}
        </p>
        <pre className="link">{this.state.error.message}</pre>
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('Load again', '重新加载')}
        </Button>
      </section>
    );
  }
}
