/** Who may do what: accounts, passwords, sessions of browsers. */
package org.anodyne.console.account;
