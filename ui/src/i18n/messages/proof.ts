import type { Messages } from "./pair";

export const proof = {
  "proof.title": ["Proof of delivery", "签收凭证"],
  "proof.keep": ["Keep proof", "保存凭证"],
  "proof.add": ["Add proof", "添加凭证"],
  "proof.show": ["Show proof", "查看凭证"],
  "proof.hint": [
    "A code read at the door, a signature or a photo. One of them is enough.",
    "门口扫到的编码、签名或照片，任选其一即可。",
  ],
  "proof.code": ["Code scanned at the door", "门口扫到的编码"],
  "proof.signature": ["Signature", "签名"],
  "proof.sign": ["Sign here with finger, pen or mouse", "请用手指、笔或鼠标在此签名"],
  "proof.again": ["Sign again", "重新签名"],
  "proof.photo": ["Photo", "照片"],
  "proof.choosePhoto": ["Choose a photo", "选择照片"],
  "proof.badPhoto": ["This is not a picture that can be read.", "无法读取该图片。"],
  "proof.badPhotoHint": ["Choose a JPEG or PNG.", "请选择 JPEG 或 PNG。"],
  "proof.at": ["kept {time}", "保存于 {time}"],
  "proof.has": ["proof kept", "已有凭证"],
  "route.eta": ["Expected", "预计"],
  "route.seen": ["{van}: heard of {time} ago", "{van}：{time}前报位"],
} as const satisfies Messages;
