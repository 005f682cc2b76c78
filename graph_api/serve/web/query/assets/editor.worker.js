import{a}from"./chunk-BDKW5BY2.js";import"./chunk-UIIBV5HC.js";import"./chunk-2BQ4EK43.js";import"./chunk-4L5RI3VG.js";export{a as initialize};
