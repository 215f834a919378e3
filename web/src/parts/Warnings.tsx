import { Alert } from 'antd';

// What stands beside the figures and limits them.
export default function Warnings({ texts }: { texts: string[] }) {
  if (texts.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <ul className="alarms">
          {texts.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      }
    />
  );
}
