// The address of the new-password page for whoever nothing holds back: the account page is where one changes it.
import { Navigate } from '@tanstack/react-router';

export default function NewPasswordPage() {
  return <Navigate to="/account" hash="password" replace />;
}
