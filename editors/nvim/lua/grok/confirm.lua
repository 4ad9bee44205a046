---@brief Edits that ask first (`needsConfirmation`): a diff in a float, and a choice of all, some or none.

local M = {}

local EACH = { 'Apply this hunk', 'Skip it' }

-- Neovim's own `vim.ui.select` asks with a line for each choice, one before and one behind them, over whatever is there.
local function rows_of(items)
  return #items + 1
end

---@param edit lsp.WorkspaceEdit
---@return string[] ids of the annotations that ask, in the order of the text
local function asking(edit)
  local ids, seen = {}, {}
  for _, change in ipairs(edit.documentChanges or {}) do
    for _, each in ipairs(change.edits or {}) do
      local id = each.annotationId
      local annotation = id and (edit.changeAnnotations or {})[id]
      if annotation and annotation.needsConfirmation and not seen[id] then
        seen[id] = true
        ids[#ids + 1] = id
      end
    end
  end
  return ids
end

--- Without their annotations: the user was asked here, and Neovim 0.12 would ask again.
---@param edits lsp.AnnotatedTextEdit[]
---@return lsp.TextEdit[]
local function plainly(edits)
  return vim.tbl_map(function(each)
    return { range = each.range, newText = each.newText }
  end, edits)
end

---@param edit lsp.WorkspaceEdit
---@param wanted table<string, boolean> by annotation
---@return lsp.WorkspaceEdit? nothing if nothing is left
local function only(edit, wanted)
  local kept = vim.deepcopy(edit)
  kept.documentChanges = {}
  for _, change in ipairs(edit.documentChanges or {}) do
    local copy = vim.deepcopy(change)
    if copy.edits then
      copy.edits = plainly(vim.tbl_filter(function(each)
        local annotation = (edit.changeAnnotations or {})[each.annotationId]
        return not (annotation and annotation.needsConfirmation) or wanted[each.annotationId] == true
      end, copy.edits))
    end
    if not copy.edits or #copy.edits > 0 then
      table.insert(kept.documentChanges, copy)
    end
  end
  return #kept.documentChanges > 0 and kept or nil
end

---@param edit lsp.WorkspaceEdit
---@param encoding 'utf-8'|'utf-16'|'utf-32'
---@return string unified diff
local function diff_of(edit, encoding)
  local parts = {}
  for uri, edits in vim.spairs(require('grok.apply').edits_of(edit)) do
    local bufnr = vim.uri_to_bufnr(uri)
    vim.fn.bufload(bufnr)
    local lines = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
    local scratch = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_lines(scratch, 0, -1, false, lines)
    vim.lsp.util.apply_text_edits(plainly(edits), scratch, encoding)
    local after = vim.api.nvim_buf_get_lines(scratch, 0, -1, false)
    vim.api.nvim_buf_delete(scratch, { force = true })
    local changed = vim.diff(table.concat(lines, '\n') .. '\n', table.concat(after, '\n') .. '\n', { ctxlen = 3 })
    parts[#parts + 1] = ('--- %s\n%s'):format(vim.fn.fnamemodify(vim.uri_to_fname(uri), ':.'), changed)
  end
  return table.concat(parts, '\n')
end

--- `vim.ui.select`, waited for.
---@param items string[]
---@param prompt string
---@return integer? index
local function choose(items, prompt)
  local co, is_main = coroutine.running()
  if not co or is_main then
    local choice = vim.fn.confirm(prompt, table.concat(items, '\n'))
    return choice > 0 and choice or nil
  end
  vim.ui.select(items, { prompt = prompt, kind = 'grok' }, function(_, index)
    -- Neovim's own `select` answers before it returns: never resume ahead of the yield.
    vim.schedule(function()
      coroutine.resume(co, index)
    end)
  end)
  return coroutine.yield()
end

---@param edit lsp.WorkspaceEdit
---@param ids string[]
---@param encoding 'utf-8'|'utf-16'|'utf-32'
---@return table<string, boolean>? wanted
local function one_by_one(edit, ids, encoding)
  local wanted = {}
  for number, id in ipairs(ids) do
    local single = only(edit, { [id] = true })
    local float = require('grok.float').open({
      name = 'confirm',
      title = ('Grok: hunk %d of %d'):format(number, #ids),
      filetype = 'diff',
      below = rows_of(EACH),
    })
    require('grok.float').set(float, single and diff_of(single, encoding) or '')
    vim.cmd.redraw()
    local choice = choose(EACH, ('Grok: hunk %d of %d'):format(number, #ids))
    require('grok.float').discard(float)
    if not choice then
      return nil
    end
    wanted[id] = choice == 1
  end
  return wanted
end

--- What the user wants of `edit`: all of it where nothing asks, nothing where they decline.
---@param edit lsp.WorkspaceEdit
---@param label string
---@param encoding 'utf-8'|'utf-16'|'utf-32'
---@return lsp.WorkspaceEdit?
function M.ask(edit, label, encoding)
  local ids = asking(edit)
  if #ids == 0 then
    return edit
  end
  local items = { 'Apply', 'Discard' }
  if #ids > 1 then
    items = { ('Apply all %d hunks'):format(#ids), 'Discard', 'Choose hunk by hunk' }
  end
  local float = require('grok.float').open({
    name = 'confirm',
    title = label,
    filetype = 'diff',
    below = rows_of(items),
  })
  require('grok.float').set(float, diff_of(edit, encoding))
  vim.cmd.redraw()
  local choice = choose(items, label)
  require('grok.float').discard(float)
  local wanted
  if choice == 1 then
    wanted = {}
    for _, id in ipairs(ids) do
      wanted[id] = true
    end
  elseif choice == 3 then
    wanted = one_by_one(edit, ids, encoding)
  end
  return wanted and only(edit, wanted) or nil
end

return M
