import type { Messages } from "./pair";

export const diag = {
  "update.title": ["Newer versions", "新版本"],
  "update.look": ["Look for a newer version", "检查新版本"],
  "update.install": ["Install {version} and start again", "安装 {version} 并重新启动"],
  "update.none": ["This is the newest.", "已是最新版本。"],
  "diag.title": ["Diagnostics", "诊断信息"],
  "diag.hint": [
    "For whoever helps you. It holds no names of customers or colleagues and is sent nowhere: you copy it.",
    "供协助人员查看。不含客户和同事姓名，也不会自动发送，由您自行复制。",
  ],
  "diag.show": ["Show diagnostics", "显示诊断信息"],
  "diag.copy": ["Copy", "复制"],
  "diag.save": ["Save for support", "保存给支持人员"],
  "diag.saved": [
    "Saved as {path}, with the last lines of the log. Look through it before you send it.",
    "已保存为 {path}，含最近的日志。发送前请先查看。",
  ],
  "diag.copied": ["The diagnostics are copied.", "诊断信息已复制。"],
  "diag.copyByHand": ["It is selected: press Ctrl-C to copy it.", "内容已选中，请按 Ctrl-C 复制。"],
  "diag.build": ["Build of the screens", "界面版本"],
  "diag.at": ["At", "时间"],
  "diag.desktop": ["this desktop", "本机"],
  "diag.link": ["Link to the server", "服务器连接"],
  "diag.checked": ["Books last checked", "上次核账"],
  "diag.hash": ["State", "状态哈希"],
  "diag.window": ["Window (screen, scale)", "窗口（屏幕、缩放）"],
  "diag.browser": ["Window engine", "窗口引擎"],
  "diag.troubles": ["Last errors", "最近的错误"],
} as const satisfies Messages;
