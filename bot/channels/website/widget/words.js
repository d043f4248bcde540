/*
 * What the interface says, its four languages side by side: here what it needs before the desk has been heard (the rest
 * comes from the desk, ../static/words.json), and the ways in which the assistant can be asked to answer.
 */

export const LANGUAGES = ["en", "zh-Hans", "zh-Hant", "yue"]; // each row below: English, 简体, 繁體, 廣東話
export const WORDS = {
  title: ["Service desk", "售后服务", "售後服務", "售後服務"],
  unread: ["{n} unread", "{n} 条未读", "{n} 則未讀", "{n} 個未睇"],
  minimise: ["Minimise", "收起", "收起", "收埋"],
  language: ["Language", "语言", "語言", "語言"],
  more: ["More", "更多", "更多", "其他"],
  log: ["Messages", "对话内容", "對話內容", "對話內容"],
  hello: ["Hello! How can we help?", "您好！有什么可以帮您？", "您好！有什麼可以幫您？", "你好！有咩可以幫到你？"],
  hint: ["English, Mandarin, Cantonese: write as you like.", "汉字、拼音，怎么写都可以。", "漢字、拼音，怎麼寫都可以。", "打中文定打拼音，點寫都得。"],
  starters: [
    ["Report a fault", "How is my repair?", "Opening hours"],
    ["我要报修", "查询维修进度", "营业时间"],
    ["我要報修", "查詢維修進度", "營業時間"],
    ["我要報修", "查維修進度", "營業時間"],
  ],
  write: ["Write a message", "请输入您的问题", "請輸入您的問題", "有咩想講？打落嚟啦"],
  photo: ["Photo", "照片", "照片", "相片"],
  send: ["Send", "发送", "傳送", "傳送"],
  person: ["Talk to a person", "找人工客服", "找人工客服", "搵真人"],
  customer: ["You", "您", "您", "你"],
  typing: ["Writing…", "正在输入…", "正在輸入…", "打緊字…"],
  sending: ["Sending…", "发送中…", "傳送中…", "傳緊…"],
  sent: ["Sent", "已发送", "已傳送", "傳咗"],
  waiting: ["Not sent yet", "等待发送", "等待傳送", "等緊傳"],
  failed: ["Not sent", "发送失败", "傳送失敗", "傳唔到"],
  retry: ["Try again", "重试", "重試", "再試"],
  remove: ["Remove", "删除", "刪除", "刪走"],
  offline: [
    "No connection. Messages are sent later.",
    "网络已断开，消息稍后自动发送。",
    "網路已斷開，訊息稍後自動傳送。",
    "而家斷咗線，訊息遲啲會自動傳送。",
  ],
  newer: ["New messages", "有新消息", "有新訊息", "有新訊息"],
};

// How one may be answered: on the menu, interface, language, script, and what is said to the assistant to get it.
export const MANNERS = [
  ["English", "en", "en", "latin", "English please"],
  ["简体中文", "zh-Hans", "zh", "simplified", "请说普通话，用简体字"],
  ["繁體中文", "zh-Hant", "zh", "traditional", "請說普通話，用繁體字"],
  ["廣東話", "yue", "yue", "traditional", "講廣東話，寫漢字，唔該"],
  ["廣東話 · Jyutping", "yue", "yue", "latin", "講廣東話，用粵拼寫，唔該"],
  ["廣東話 · 漢字 + Jyutping", "yue", "yue", "both", "講廣東話，漢字同粵拼都要，唔該"],
];

// A language tag's interface: Hong Kong reads Cantonese, Taiwan traditional characters
const INTERFACES = [[/^en/i, "en"], [/^zh.*hans/i, "zh-Hans"], [/^yue|^zh.*-(hk|mo)/i, "yue"], [/^zh.*(hant|tw)/i, "zh-Hant"], [/^zh/i, "zh-Hans"]];

/** Give the interface for a BCP 47 tag, where there is one. */
export const interfaceFor = (tag) => INTERFACES.find(([pattern]) => pattern.test(tag))?.[1];
