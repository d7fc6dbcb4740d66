-- What lint finds, as diagnostics of Neovim (0.7 or later), read from its JSON.
-- Copy this file to ~/.config/nvim/lua/, and put into init.lua:  require('gongwen_lint').setup()

local M = {}

local namespace = vim.api.nvim_create_namespace('gongwen-lint')
local severities = {
  error = vim.diagnostic.severity.ERROR,
  warning = vim.diagnostic.severity.WARN,
  info = vim.diagnostic.severity.INFO,
}

-- The line and the column of an offset. Diagnostics count both from 0, and columns in bytes, so that the offsets of the
-- report need no counting of characters.
local function place(starts, offset)
  local low, high = 1, #starts
  while low < high do
    local middle = math.ceil((low + high) / 2)
    if starts[middle] <= offset then
      low = middle
    else
      high = middle - 1
    end
  end
  return low - 1, offset - starts[low]
end

local function diagnostics(report, path, lines)
  local starts, at = {}, 0
  for number, line in ipairs(lines) do
    starts[number] = at
    at = at + #line + 1
  end
  local found = {}
  local function add(severity, message, code, span)
    local lnum, col = place(starts, span and span.start.offset or 0)
    local end_lnum, end_col = place(starts, span and span['end'].offset or 0)
    table.insert(found, {
      lnum = lnum,
      col = col,
      end_lnum = end_lnum,
      end_col = end_col,
      severity = severities[severity],
      message = message,
      code = code,
      source = 'lint',
    })
  end
  for _, finding in ipairs(report.diagnostics) do
    -- The others are allowed by the configuration or known to the baseline.
    if finding.outcome == 'open' then
      if finding.path ~= path then
        -- A fault of the lint.toml that holds for the draft.
        add(finding.severity, finding.path .. ': ' .. finding.message, finding.rule)
      else
        -- A finding about the whole file has no span.
        add(finding.severity, finding.message, finding.rule, finding.span ~= vim.NIL and finding.span or nil)
      end
    end
  end
  for _, file in ipairs(report.files) do
    if file.error ~= vim.NIL then
      add('error', file.path .. ': ' .. file.error.message)
    end
  end
  return found
end

-- The program and its options.
M.command = { 'lint' }

-- Checks a buffer as it stands, saved or not.
function M.check(buffer)
  buffer = buffer ~= 0 and buffer or vim.api.nvim_get_current_buf()
  local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  -- The name finds the lint.toml that holds for the draft.
  local name = vim.api.nvim_buf_get_name(buffer)
  local path = name ~= '' and name or 'draft.txt'
  local command = vim.list_extend({}, M.command)
  vim.list_extend(command, { '--output-format', 'json', '--encoding', 'utf-8', '--stdin-filename', path, '-' })
  local out, err = {}, {}
  local job = vim.fn.jobstart(command, {
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = function(_, data)
      out = data
    end,
    on_stderr = function(_, data)
      err = data
    end,
    on_exit = function()
      -- What was found in a text that has changed since would stand at wrong places; a later check brings its own. The
      -- tick of changes cannot tell: it also moves on when reading the file ends, after BufReadPost.
      if
        not vim.api.nvim_buf_is_valid(buffer)
        or not vim.deep_equal(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), lines)
      then
        return
      end
      local good, report = pcall(vim.fn.json_decode, out)
      if good and type(report) == 'table' then
        vim.diagnostic.set(namespace, buffer, diagnostics(report, path, lines))
      else
        vim.notify('lint: ' .. table.concat(err, '\n'), vim.log.levels.ERROR)
      end
    end,
  })
  vim.fn.chansend(job, lines)
  vim.fn.chanclose(job, 'stdin')
end

-- Checks every draft when it is opened, when it is saved and when the insert mode ends. Options of `lint` are given as
-- setup({ command = { 'lint', '--lang', 'en' } }).
function M.setup(options)
  M.command = options and options.command or M.command
  vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufWritePost', 'InsertLeave' }, {
    group = vim.api.nvim_create_augroup('gongwen-lint', {}),
    pattern = { '*.txt', '*.md', '*.markdown' },
    callback = function(event)
      M.check(event.buf)
    end,
  })
end

return M
