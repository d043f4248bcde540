/*
 * What the interface says, its four languages side by side, and the ways in which the assistant can be asked to answer.
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
  send: ["Send", "发送", "傳送", "傳送"],
  person: ["Talk to a person", "找人工客服", "找人工客服", "搵真人"],
  rating: ["Rating", "评分", "評分", "評分"],
  ticket: ["Repair number", "维修单号", "維修單號", "維修單號"],
  copy: ["Copy", "复制", "複製", "複製"],
  copied: ["Copied", "已复制", "已複製", "複製咗"],
  customer: ["You", "您", "您", "你"],
  assistant: ["Assistant", "智能助手", "智能助手", "自動助理"],
  agent: ["Colleague", "人工客服", "人工客服", "真人同事"],
  typing: ["Writing…", "正在输入…", "正在輸入…", "打緊字…"],
  sending: ["Sending…", "发送中…", "傳送中…", "傳緊…"],
  sent: ["Sent", "已发送", "已傳送", "傳咗"],
  waiting: ["Not sent yet", "等待发送", "等待傳送", "等緊傳"],
  failed: ["Not sent", "发送失败", "傳送失敗", "傳唔到"],
  retry: ["Try again", "重试", "重試", "再試"],
  remove: ["Remove", "删除", "刪除", "刪走"],
  offline: [
    "No connection. Messages are kept and sent later.",
    "网络已断开，消息会保留，恢复后自动发送。",
    "連線已中斷，訊息會保留，恢復後自動傳送。",
    "而家斷咗線，訊息會留住，有返線就自動傳送。",
  ],
  newer: ["New messages", "有新消息", "有新訊息", "有新訊息"],
  save: ["Download this chat", "下载聊天记录", "下載對話記錄", "下載對話記錄"],
  end: ["End this chat", "结束对话", "結束對話", "結束對話"],
  endAsk: [
    "End this chat? You can't read it here afterwards.",
    "要结束对话吗？结束后这里就看不到了。",
    "要結束對話嗎？結束後這裡就看不到了。",
    "係咪要結束對話？結束咗之後呢度就睇唔返。",
  ],
  endNo: ["Keep chatting", "继续对话", "繼續對話", "繼續傾"],
  ended: ["This chat has ended.", "对话已结束，谢谢您。", "對話已結束，謝謝您。", "對話已經結束，多謝你。"],
  again: ["Start a new chat", "开始新对话", "開始新對話", "開個新對話"],
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
