import { useState } from 'react';

// The characters of a bearer token (RFC 6750, section 2.1); a header can hold no others.
const TOKEN = '[A-Za-z0-9._~+\\/\\-]+=*';

/** Asks for a key, which lives as long as the page: nothing stores it. Gives it on leaving the field. */
export function AccessKey({ onChange }) {
  const [text, setText] = useState('');
  const give = (field) => onChange(field.validity.valid ? field.value : '');
  return (
    <div className="access">
      <label htmlFor="access-key">Access key</label>
      <input
        id="access-key"
        type="password"
        autoComplete="off"
        spellCheck="false"
        pattern={TOKEN}
        placeholder="none"
        title="Sent with every question, and forgotten when this page closes. Letters, digits and . _ ~ + / - ="
        value={text}
        onChange={(event) => setText(event.target.value.trim())}
        onBlur={(event) => give(event.target)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.target.reportValidity();
            give(event.target);
          }
        }}
      />
    </div>
  );
}
