;;; copydesk.el --- The linter copydesk, by way of eglot  -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "26.3") (eglot "1.9"))

;;; Commentary:

;; (require 'copydesk) tells eglot of copydesk; M-x eglot starts it, or (add-hook 'text-mode-hook #'eglot-ensure).

;;; Code:

(require 'eglot)

(defgroup copydesk nil "A linter for article text." :group 'text)

(defcustom copydesk-command '("copydesk" "server")
  "The program and its arguments."
  :type '(repeat string))

(add-to-list 'eglot-server-programs
             (cons '(markdown-mode gfm-mode html-mode mhtml-mode text-mode)
                   (lambda (&rest _) copydesk-command)))

(defun copydesk-fix-all ()
  "Apply all safe fixes to the article in this buffer."
  (interactive)
  (dolist (action (append (eglot-code-actions (point-min) (point-max) "source.fixAll.copydesk") nil))
    (when (plist-get action :edit)
      (eglot--apply-workspace-edit (plist-get action :edit)))))

(provide 'copydesk)
;;; copydesk.el ends here
