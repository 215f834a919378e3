import { createRoot } from 'react-dom/client';
import App from './App';
import { startLang } from './lang';
import './style.css';

// Some styles of the components are made without being told the page's nonce (the lock of a scroll bar beside a
// drawer): every style that this application makes has it.
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content;
const create = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement;
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const made = create(name, options);
  if (nonce && name.toLowerCase() === 'style') made.nonce = nonce;
  return made;
}) as typeof document.createElement;

startLang();
createRoot(document.getElementById('root')!).render(<App />);
