---@brief Edits from the server. Neovim's own handler calls a stale edit that it dropped `applied`, and ignores version 0.

local M = {}

---@param reason string
local function rejected(reason)
  return { applied = false, failureReason = reason }
end

---@param edit lsp.WorkspaceEdit
---@return string? uri of a document that changed after the server looked at it
local function stale(edit)
  for _, change in ipairs(edit.documentChanges or {}) do
    local document = change.textDocument
    if document and type(document.version) == 'number' then
      local bufnr = vim.uri_to_bufnr(document.uri)
      if vim.api.nvim_buf_is_loaded(bufnr) and vim.lsp.util.buf_versions[bufnr] ~= document.version then
        return document.uri
      end
    end
  end
end

---@param edit lsp.WorkspaceEdit
---@return table<string, lsp.TextEdit[]> edits by uri
local function edits_of(edit)
  local found = vim.deepcopy(edit.changes or {})
  for _, change in ipairs(edit.documentChanges or {}) do
    if change.edits then
      local uri = change.textDocument.uri
      found[uri] = vim.list_extend(found[uri] or {}, change.edits)
    end
  end
  return found
end

--- Typing that is still going on gets an undo step of its own, so that one `u` takes back the edit and nothing else.
---@param edit lsp.WorkspaceEdit
local function break_undo(edit)
  for uri in pairs(edits_of(edit)) do
    local bufnr = vim.uri_to_bufnr(uri)
    if vim.api.nvim_buf_is_loaded(bufnr) then
      vim.bo[bufnr].undolevels = vim.bo[bufnr].undolevels
    end
  end
end

-- As the server labels the edit of a discarded hunk.
local DISCARD = 'Grok: Discard'

---@type table<integer, integer> by buffer: the undo state (`seq_cur`) that the last edit of ours made
local made = {}

vim.api.nvim_create_autocmd('BufWipeout', {
  group = vim.api.nvim_create_augroup('grok_apply', {}),
  callback = function(event)
    made[event.buf] = nil
  end,
})

--- A discarded hunk joins the undo step of the edit that it is of, so that one `u` takes a reviewed edit back. Where anything
--- was typed or undone since, it is a step of its own.
---@param edit lsp.WorkspaceEdit
local function join_undo(edit)
  for uri in pairs(edits_of(edit)) do
    local bufnr = vim.uri_to_bufnr(uri)
    local tree = made[bufnr] and vim.fn.undotree(bufnr)
    if tree and tree.seq_cur == made[bufnr] and tree.seq_last == made[bufnr] then
      vim.api.nvim_buf_call(bufnr, function()
        vim.cmd.undojoin()
      end)
    end
  end
end

---@param edit lsp.WorkspaceEdit
local function remember_step(edit)
  for uri in pairs(edits_of(edit)) do
    local bufnr = vim.uri_to_bufnr(uri)
    made[bufnr] = vim.fn.undotree(bufnr).seq_cur
  end
end

---@param edit lsp.WorkspaceEdit
---@param encoding 'utf-8'|'utf-16'|'utf-32'
---@param label? string
local function apply(edit, encoding, label)
  for uri in pairs(edits_of(edit)) do
    local bufnr = vim.uri_to_bufnr(uri)
    if vim.api.nvim_buf_is_loaded(bufnr) and not vim.bo[bufnr].modifiable then
      return rejected('The buffer is not modifiable.')
    end
  end
  require('grok.review').remember(vim.tbl_keys(edits_of(edit)))
  break_undo(edit)
  if label == DISCARD then
    join_undo(edit)
  end
  local ok, err = pcall(vim.lsp.util.apply_workspace_edit, edit, encoding)
  if not ok then
    return rejected(tostring(err))
  end
  break_undo(edit)
  remember_step(edit)
  return { applied = true }
end

---@param params lsp.ApplyWorkspaceEditParams
---@param context { client_id: integer }
---@return lsp.ApplyWorkspaceEditResult
function M.handle(params, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  if stale(params.edit) then
    return rejected('The buffer changed while the edit was on its way.')
  end
  local edit = require('grok.confirm').ask(params.edit, params.label or 'Grok', client.offset_encoding)
  if not edit then
    return rejected('Declined.')
  end
  if stale(edit) then
    return rejected('The buffer changed while the edit was being confirmed.')
  end
  return apply(edit, client.offset_encoding, params.label)
end

M.edits_of = edits_of

return M
