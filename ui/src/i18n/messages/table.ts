import type { Messages } from "./pair";

export const table = {
  "table.look": ["Columns", "列设置"],
  "table.lookHint": [
    "Yours alone. Columns you leave as they are make room when the window is narrow.",
    "只影响您自己。未改动的列会在窗口变窄时自动隐藏。",
  ],
  "table.columns": ["Shown", "显示的列"],
  "table.asProposed": ["As it was", "恢复默认"],
  "views.button": ["Views", "常用视图"],
  "views.menu": ["Saved views", "常用视图列表"],
  "views.save": ["Save as a new view…", "另存为新视图…"],
  "views.saveTitle": ["Save this view", "保存视图"],
  "views.name": ["Name", "名称"],
  "views.saved": ["View “{name}” is saved.", "视图“{name}”已保存。"],
  "views.keep": ["Save changes to “{name}”", "更新“{name}”"],
  "views.rename": ["Rename “{name}”", "重命名“{name}”"],
  "views.renameTitle": ["Rename “{name}”", "重命名“{name}”"],
  "views.remove": ["Delete “{name}”", "删除“{name}”"],
  "views.removed": ["View “{name}” is deleted.", "视图“{name}”已删除。"],
  "views.none": [
    "Search, sort and choose columns; then keep it here under a name.",
    "搜索、排序、选列，然后在这里命名保存，下次一键调出。",
  ],
  "views.open": ["{screen}: {name}", "{screen}：{name}"],
} as const satisfies Messages;
