// What ids of the server are called on screens.
import { said, type Words } from './lang';

const operations: Words = {
  acceptInvitation: ['took an invitation', '接受邀请'],
  addAccount: ['added an account', '新增账户'],
  addCosts: ['typed in costs', '录入成本'],
  addRate: ['added a rate', '新增汇率'],
  addToken: ['made a token', '创建令牌'],
  beginImport: ['imported', '导入报告'],
  cancelJob: ['cancelled a job', '取消任务'],
  changeLines: ['changed lines of a plan', '修改方案行'],
  changePassword: ['changed the password', '修改密码'],
  changePerson: ['changed a person', '修改用户'],
  changeSettings: ['changed settings', '修改设置'],
  invitePerson: ['invited', '邀请用户'],
  makePlan: ['made a plan', '生成方案'],
  renameAccount: ['renamed an account', '账户改名'],
  removeToken: ['removed a token', '删除令牌'],
  removeView: ['removed a view', '删除视图'],
  saveView: ['saved a view', '保存视图'],
  setImportStatus: ['took or put aside an import', '启用或停用导入'],
  signIn: ['signed in', '登录'],
  signOut: ['signed out', '退出'],
};
const fileStates: Words = {
  imported: ['imported', '已导入'],
  set_aside: ['set aside', '已搁置'],
  already_imported: ['known already', '已存在'],
  failed: ['not read', '未读取'],
};

export const operation = (id: string): string => said(operations, id) ?? id;
export const fileState = (id: string): string => said(fileStates, id) ?? id;
