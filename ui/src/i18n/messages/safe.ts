import type { Messages } from "./pair";

export const safe = {
  "inbox.title": ["Refused, and what to do", "被拒事项与处理办法"],
  "inbox.order": ["Open the order", "打开订单"],
  "safe.title": ["Safekeeping", "数据保护"],
  "safe.book": ["Data on this computer", "本机数据"],
  "safe.book.open": ["Not encrypted", "未加密"],
  "safe.book.locked": ["Encrypted", "已加密"],
  "safe.book.locked_from_next_start": ["Encrypted from the next start on", "下次启动后加密"],
  "safe.book.open_from_next_start": ["Decrypted from the next start on", "下次启动后解密"],
  "safe.key": ["This desktop's key", "本机密钥"],
  "safe.key.keychain": ["In the system's keychain", "在系统密钥链中"],
  "safe.key.file": ["In a file that only this account can read", "在仅本账户可读的文件中"],
  "safe.notYet": ["Not done at this start:", "本次启动未完成："],
  "safe.writeDown": [
    "Write this key down and keep it elsewhere. It is shown once; without it and without this computer's keychain the data is lost.",
    "请抄写此密钥并另行保存。仅显示一次；若密钥与本机密钥链都丢失，数据将无法恢复。",
  ],
  "safe.lock": ["Encrypt at the next start", "下次启动时加密"],
  "safe.unlock": ["No longer encrypt", "取消加密"],
  "safe.hint": [
    "The book, its log and its backups are encrypted; maps, printed papers and dropped files are not. The key is kept in the system's keychain.",
    "账本、日志及其备份将被加密；地图、打印文件和拖入的文件不加密。密钥保存在系统密钥链中。",
  ],
} as const satisfies Messages;
