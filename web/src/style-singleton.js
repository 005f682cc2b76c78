// Stands for the package react-style-singleton, which adds <style> elements: our content policy forbids
// those, and allows sheets that are constructed. Same contract: one sheet while anybody needs it.
import { useEffect } from 'react';

export function styleSingleton() {
  let users = 0;
  let sheet = null;

  const add = (css) => {
    if (users === 0) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    }
    users += 1;
  };

  const remove = () => {
    users -= 1;
    if (users === 0) {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      sheet = null;
    }
  };

  return function Sheet({ styles, dynamic }) {
    useEffect(() => {
      add(styles);
      return remove;
    }, [styles && dynamic]);
    return null;
  };
}
