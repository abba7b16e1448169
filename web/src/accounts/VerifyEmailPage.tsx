// The same for whoever nothing holds back yet: from the account page or a letter.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import VerifyEmail from './VerifyEmail.tsx';

export default function VerifyEmailPage() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const done = async () => {
    await queries.invalidateQueries({ queryKey: ['status'] });
    await navigate({ to: '/account', replace: true });
  };
  return <VerifyEmail lock={null} onLifted={done} />;
}
