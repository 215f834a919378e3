import { createRoot } from 'react-dom/client';
import App from './App';
import { startLang } from './lang';
import './style.css';

startLang();
createRoot(document.getElementById('root')!).render(<App />);
